package d2s.cli.framework;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.result.CommitUnknownException;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.sql.SqlErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
            // As Java says it of a class whose preparation failed before.
            new NoClassDefFoundError("Could not initialize class d2s.Any")
                .initCause(
                    new ExceptionInInitializerError(
                        "Exception java.lang.OutOfMemoryError: Java heap space [in thread \"main\"]")),
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
  void whatAFileSystemRefusesIsNoInternalError() {
    String temporary = System.getProperty("java.io.tmpdir") + "/d2s1";
    Failure readOnly =
        Failure.of(
            new UncheckedIOException(
                new FileSystemException(temporary, null, "Read-only file system")));
    assertThat(readOnly.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(readOnly.reasons().get(0))
        .startsWith(temporary + " cannot be used (Read-only file system). It is in the folder for")
        .endsWith("D2S_JAVA_OPTIONS=-Djava.io.tmpdir=/var/tmp");
    assertThat(Failure.of(new AccessDeniedException("/elsewhere/x")).reasons())
        .containsExactly("/elsewhere/x cannot be used (this user may not)");
    assertThat(Failure.of(new IOException("No space left on device")).reasons().get(0))
        .contains("the disk is full");
    assertThat(Failure.of(new IOException("row of @alice")).reasons().toString())
        .doesNotContain("alice");
  }

  @Test
  void anotherErrorOfJavaIsAnInternalErrorWithoutItsWords() {
    Failure failure = Failure.of(new StackOverflowError("row of @alice"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERNAL_ERROR);
    assertThat(failure.reasons().toString()).doesNotContain("alice");
  }
}
