package d2s.engine.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Transactions that only read, and see one moment of a database. */
public final class Snapshots {

  private Snapshots() {}

  /** Begins one. It sees the database as it is at its first query; a rollback ends it. */
  public static void begin(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
  }
}
