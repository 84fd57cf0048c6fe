package d2s.cli.layout;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether somebody keeps tables of a database from being read. */
final class ExclusiveLocks {

  private static final String OTHERS =
      """
      select 1 from pg_locks
      where locktype = 'relation' and mode = 'AccessExclusiveLock' and granted
        and pid <> pg_backend_pid()
        and database = (select oid from pg_database where datname = current_database())
      limit 1
      """;

  private ExclusiveLocks() {}

  /** Whoever looks at the tables now would wait, perhaps for ever; the checks name the session. */
  static boolean areHeld(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OTHERS)) {
      return row.next();
    }
  }
}
