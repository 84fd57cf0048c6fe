package d2s.cli.layout;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether somebody but autovacuum, which gives way, keeps tables of a database from being read. */
final class ExclusiveLocks {

  private static final String OTHERS =
      """
      select 1 from pg_locks l left join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.granted
        and l.pid is distinct from pg_backend_pid()
        and (l.pid is null or a.usesysid is not null)
        and l.database = (select oid from pg_database where datname = current_database())
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
