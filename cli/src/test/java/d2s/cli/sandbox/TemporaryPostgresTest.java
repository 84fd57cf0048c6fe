package d2s.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class TemporaryPostgresTest {

  @TempDir private Path directory;

  /** The superuser may run programs as whoever has started the server. */
  @Test
  void takesNobodyWithoutThePassword() throws Exception {
    Path own = Files.createTempDirectory(directory, "own");
    try (TemporaryPostgres postgres = new TemporaryPostgres(own)) {
      postgres.start();
      postgres.createDatabase("d2s");
      int port = postgres.settings("d2s").port();
      for (String password : List.of("", "postgres", "unused")) {
        PGSimpleDataSource stranger = new PGSimpleDataSource();
        stranger.setPortNumbers(new int[] {port});
        stranger.setDatabaseName("postgres");
        stranger.setUser("postgres");
        stranger.setPassword(password);
        assertThatThrownBy(stranger::getConnection)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isIn("28P01", "08004"));
      }
      try (Connection connection = postgres.connect("d2s")) {
        assertThat(connection.isValid(1)).isTrue();
      }
      assertThat(own.resolve("password")).doesNotExist();
    }
    assertThat(own).doesNotExist();
  }

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
                  + ": Not a directory. Is there room, and may this user run programs there?");
    }
    assertThat(directory.toFile().list()).containsExactly("file");
  }
}
