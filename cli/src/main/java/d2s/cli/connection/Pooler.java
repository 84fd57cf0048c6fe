package d2s.cli.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Finds out whether a pooler is between this program and PostgreSQL, and in which way it pools.
 *
 * <p>A run needs sessions of its own: settings, prepared statements, locks and an exported snapshot
 * belong to a session.
 */
final class Pooler {

  static final String REASON =
      "a pooler is between, which gives each transaction another session (such as PgBouncer with"
          + " pool_mode = transaction). Connect to PostgreSQL itself, past the pooler.";

  private static final int ATTEMPTS = 3;

  private Pooler() {}

  /**
   * Connects, and looks whether two connections of which neither has ended share a session of the
   * server. Only a pooler is looked at twice: it tells another process than the server.
   *
   * @throws SQLException if there is no connection
   */
  static boolean givesEachTransactionAnotherSession(DataSource database) throws SQLException {
    try (Connection first = database.getConnection()) {
      if (first.unwrap(PGConnection.class).getBackendPID() == process(first)) {
        return false;
      }
      try (Connection second = database.getConnection()) {
        second.setAutoCommit(false);
        for (int i = 0; i < ATTEMPTS; i++) {
          int before = process(first);
          // Its transaction holds a session until it ends.
          boolean isShared = process(second) == before || process(first) != before;
          second.rollback();
          if (isShared) {
            return true;
          }
        }
        return false;
      }
    }
  }

  private static int process(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }
}
