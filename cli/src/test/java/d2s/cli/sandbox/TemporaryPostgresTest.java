package d2s.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryPostgresTest {

  @TempDir private Path directory;

  @Test
  void thatItDoesNotStartIsSaidInPlainWords() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    try (TemporaryPostgres postgres = new TemporaryPostgres(file.resolve("staging"))) {
      StartFailedException failure =
          catchThrowableOfType(StartFailedException.class, () -> postgres.start(Map.of()));

      assertThat(failure.reasons())
          .containsExactly(
              "a temporary PostgreSQL does not start in "
                  + file.resolve("staging")
                  + ". Is there room, and may this user run programs there?");
    }
    assertThat(directory.toFile().list()).containsExactly("file");
  }
}
