package d2s.engine.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Transactions that only read, and see one moment of a database. */
public final class Snapshots {

  private Snapshots() {}

  /** Begins one. It sees the database as it is at its first query; a rollback ends it. */
  public static void begin(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
  }

  /** The name under which other connections can see what one sees, until its transaction ends. */
  public static String export(Connection connection) throws SQLException {
    return (String) RowReader.scalar(connection, "select pg_export_snapshot()");
  }

  /**
   * As {@link #begin(Connection)}, but sees what another connection sees.
   *
   * @param snapshot see {@link #export}
   */
  public static void begin(Connection connection, String snapshot) throws SQLException {
    begin(connection);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set transaction snapshot '" + snapshot + "'");
    }
  }
}
