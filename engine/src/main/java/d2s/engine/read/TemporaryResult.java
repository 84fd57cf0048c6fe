package d2s.engine.read;

import d2s.engine.sql.SharedConnection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The rows of a query on the target, put into a temporary table in one turn. PostgreSQL does not
 * change a table while the session reads it by a cursor: the indexes of what the query reads would
 * have to wait for whoever takes its rows.
 */
final class TemporaryResult implements AutoCloseable {

  private static final AtomicInteger MADE = new AtomicInteger();

  private final SharedConnection target;
  private final String table = "d2s_relation_" + MADE.incrementAndGet();

  TemporaryResult(SharedConnection target, String sql) throws SQLException {
    this.target = target;
    target.execute("create temporary table " + table + " on commit drop as " + sql);
  }

  /** The query that gives the same rows in the same order. */
  String query() {
    // A temporary table is read from its first page to its last.
    return "select * from pg_temp." + table;
  }

  @Override
  public void close() throws SQLException {
    target.execute("drop table pg_temp." + table);
  }
}
