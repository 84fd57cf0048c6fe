package d2s.engine.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many rows a query has to do with, as the database's planner guesses. */
public final class RowEstimate {

  private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");

  /** A part of a plan that reads a table, or all of its rows in the order of an index. */
  private static final Pattern TABLE = Pattern.compile("(Seq|Index|Index Only|Bitmap Heap) Scan ");

  private RowEstimate() {}

  /**
   * The largest guess for any part of the query: that for the result of many joins is often far too
   * low. -1 if the plan does not say.
   */
  public static long of(Connection connection, String sql) throws SQLException {
    return most(connection, sql, part -> true);
  }

  /**
   * The largest number of rows that the query reads of one table. It follows from the size of the
   * table on the disk, so that it is right within a small factor, also where nobody analysed the
   * tables and the guess for a join is beyond all measure. Without tables, as {@link #of}.
   */
  public static long scanned(Connection connection, String sql) throws SQLException {
    long tables = most(connection, sql, part -> TABLE.matcher(part).find());
    return tables < 0 ? of(connection, sql) : tables;
  }

  private static long most(Connection connection, String sql, Predicate<String> counts)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery("explain " + sql)) {
      long most = -1;
      while (plan.next()) {
        Matcher matcher = ROWS.matcher(plan.getString(1));
        if (matcher.find() && counts.test(plan.getString(1))) {
          // The guess for a join of tables that nobody analysed can be beyond all integers.
          most = Math.max(most, (long) Double.parseDouble(matcher.group(1)));
        }
      }
      return most;
    }
  }
}
