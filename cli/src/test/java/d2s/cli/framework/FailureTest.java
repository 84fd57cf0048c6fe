package d2s.cli.framework;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.result.CommitUnknownException;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.sql.SqlErrors;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

class FailureTest {

  /** As the driver says it when a row does not fit into the memory of this process. */
  private static final SQLException OUT_OF_MEMORY =
      new PSQLException(
          "Ran out of memory retrieving query results.",
          PSQLState.OUT_OF_MEMORY,
          new OutOfMemoryError("Java heap space"));

  @Test
  void memoryThatEndsIsNamedWhateverWrapsIt() {
    for (Throwable failure :
        List.of(
            new OutOfMemoryError("Java heap space"),
            OUT_OF_MEMORY,
            new IllegalStateException(new OutOfMemoryError("Metaspace")),
            new MigrationFailedException(
                "a database failed", SqlErrors.withoutValues(OUT_OF_MEMORY)))) {
      Failure known = Failure.of(failure);

      assertThat(known.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(known.headline()).isEqualTo("Failed; everything was rolled back.");
      assertThat(known.reasons())
          .containsExactly(
              "Java has too little memory. Give it more: D2S_JAVA_OPTIONS=-Xmx4g ./d2s ...");
    }
  }

  @Test
  void memoryThatEndsAfterTheCommitUndoesNothing() {
    Failure unknown = Failure.of(new CommitUnknownException(OUT_OF_MEMORY));
    assertThat(unknown.headline()).contains("nobody knows yet");

    Failure told =
        Failure.of(
            new CommandFailedException(
                ExitCode.FAILED, List.of("it is loaded"), new OutOfMemoryError()));
    assertThat(told.headline()).isEmpty();
    assertThat(told.reasons()).containsExactly("it is loaded");
  }

  @Test
  void anotherErrorOfJavaIsAnInternalErrorWithoutItsWords() {
    Failure failure = Failure.of(new StackOverflowError("row of @alice"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(failure.reasons().toString()).doesNotContain("alice");
  }
}
