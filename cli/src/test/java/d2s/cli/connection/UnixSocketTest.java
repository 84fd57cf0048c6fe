package d2s.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.cli.framework.Environment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** The driver on a socket of a PostgreSQL of its own. */
@Timeout(60)
class UnixSocketTest {

  private static final int ROWS = 20_000;

  @TempDir private static Path directory;
  private static EmbeddedPostgres postgres;
  private static Database database;

  @BeforeAll
  static void start() throws Exception {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("unix_socket_directories", directory.toString())
            .start();
    database = Database.open("test", settings());
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
    postgres.close();
  }

  private static ConnectionSettings settings() throws InvalidConnectionStringException {
    return ConnectionSettings.complete(
        ConnectionString.parse(
            "host=%s port=%d user=postgres dbname=postgres"
                .formatted(directory, postgres.getPort())),
        new Environment(Map.of(), "somebody", directory, List.of()));
  }

  @Test
  void connectsWithoutTcp() throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThat(answer(connection, "select coalesce(inet_server_addr()::text, 'socket')"))
          .isEqualTo("socket");
      assertThat(answer(connection, "select current_setting('application_name')")).isEqualTo("d2s");
    }
  }

  @Test
  void carriesMuchInBothDirections() throws SQLException, IOException {
    String row = "x".repeat(1000) + "\n";
    byte[] rows = row.repeat(ROWS).getBytes(StandardCharsets.US_ASCII);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create temporary table much (t text)");
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      assertThat(copy.copyIn("copy much from stdin", new ByteArrayInputStream(rows)))
          .isEqualTo(ROWS);
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      copy.copyOut("copy much to stdout", back);
      assertThat(back.toByteArray()).isEqualTo(rows);
    }
  }

  @Test
  void noticesInTheMidstOfACopyThatTheServerRefuses() throws SQLException {
    byte[] wrong = "not a number\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create temporary table numbers (n int)");
      CopyIn copy =
          connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy numbers from stdin");
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < ROWS; i++) {
                  copy.writeToCopy(wrong, 0, wrong.length);
                }
                copy.endCopy();
              })
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("invalid input syntax for type integer");
      assertThat(answer(connection, "select 'goes on'")).isEqualTo("goes on");
    }
  }

  @Test
  void keepsTimeouts() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setNetworkTimeout(Runnable::run, 200);
      Instant start = Instant.now();
      assertThatThrownBy(() -> answer(connection, "select pg_sleep(30)"))
          .isInstanceOf(SQLException.class);
      assertThat(Duration.between(start, Instant.now()))
          .isBetween(Duration.ofMillis(150), Duration.ofSeconds(10));
    }
  }

  @Test
  void cancelsWhatRuns() throws Exception {
    CompletableFuture<String> asked = ask("select pg_sleep(30)");
    while (!asked.isDone()) {
      database.cancel();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThatThrownBy(asked::join)
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("canceling statement");
  }

  @Test
  void wakesAThreadThatWaitsForAnAbortedConnection() throws Exception {
    try (Connection connection = database.getConnection()) {
      CompletableFuture<String> asked =
          CompletableFuture.supplyAsync(() -> unchecked(connection, "select pg_sleep(30)"));
      while (sleepers() == 0) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      connection.unwrap(org.postgresql.jdbc.PgConnection.class).abort(Runnable::run);

      assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  private static long sleepers() throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Long.parseLong(
          answer(
              connection,
              "select count(*) from pg_stat_activity"
                  + " where query like 'select pg_sleep(30)%' and state = 'active'"));
    }
  }

  private static CompletableFuture<String> ask(String sql) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Connection connection = database.getConnection()) {
            return answer(connection, sql);
          } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }

  private static String unchecked(Connection connection, String sql) {
    try {
      return answer(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String answer(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
