package d2s.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import d2s.cli.CommandLineRun;
import d2s.cli.framework.Environment;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SqlErrors;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever fails on a connection says whose database it is. */
class DatabaseTest {

  private TestDatabase server;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    server = TestPostgres.createDatabase("named");
    database =
        Database.open(
            "Synapse",
            ConnectionSettings.complete(
                ConnectionString.parse(CommandLineRun.connection(server)),
                new Environment(Map.of(), "somebody", Path.of("/nonexistent"), List.of())));
  }

  @AfterEach
  void drop() throws SQLException {
    database.close();
    server.drop();
  }

  private static String subject(ThrowingCallable work) {
    return FailedDatabase.subject(catchThrowableOfType(SQLException.class, work));
  }

  private void endSessions() throws SQLException {
    server.execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            + " where datname = current_database() and pid <> pg_backend_pid()");
  }

  @Test
  void aRefusedStatementIsNamed() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(subject(() -> statement.execute("select missing")))
          .isEqualTo("the Synapse database");
      assertThat(subject(() -> connection.prepareStatement("select ?").executeQuery()))
          .isEqualTo("the Synapse database");
    }
  }

  @Test
  void aLostConnectionIsNamedWithItsCure() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      endSessions();
      SQLException lost =
          catchThrowableOfType(SQLException.class, () -> statement.execute("select 1"));

      assertThat(FailedDatabase.subject(lost)).isEqualTo("the Synapse database");
      assertThat(SqlErrors.advice(lost, FailedDatabase.of(lost)))
          .isEqualTo(
              ". The connection to the Synapse database is lost: does its server still run?");
    }
  }

  @Test
  void oneThatIsLostAmongItsRowsIsNamed() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(1);
      ResultSet rows = statement.executeQuery("select generate_series(1, 1000000)");
      assertThat(rows.next()).isTrue();
      endSessions();

      assertThat(
              subject(
                  () -> {
                    while (rows.next()) {
                      rows.getLong(1);
                    }
                  }))
          .isEqualTo("the Synapse database");
    }
  }

  @Test
  void aConnectionThatIsNotGivenIsNamed() {
    database.close();

    assertThat(subject(() -> database.getConnection())).isEqualTo("the Synapse database");
  }

  /** The words source and target are those of a run, and count more. */
  @Test
  void aRunNamesItByItsSide() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> statement.execute("select missing"));

      assertThat(FailedDatabase.subject(FailedDatabase.mark(failure, "target")))
          .isEqualTo("the target database");
      assertThat(FailedDatabase.subject(FailedDatabase.name(failure, "Dendrite")))
          .isEqualTo("the target database");
    }
  }
}
