package d2s.engine.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many rows a query has to do with, as the database's planner guesses. */
public final class RowEstimate {

  private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");

  private RowEstimate() {}

  /**
   * The largest guess for any part of the query: that for the result of many joins is often far too
   * low. -1 if the plan does not say.
   */
  public static long of(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery("explain " + sql)) {
      long most = -1;
      while (plan.next()) {
        Matcher matcher = ROWS.matcher(plan.getString(1));
        if (matcher.find()) {
          // The guess for a join of tables that nobody analysed can be beyond all integers.
          most = Math.max(most, (long) Double.parseDouble(matcher.group(1)));
        }
      }
      return most;
    }
  }
}
