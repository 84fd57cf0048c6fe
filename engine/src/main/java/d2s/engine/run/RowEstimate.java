package d2s.engine.run;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many rows a query will give, as the database's planner guesses. */
final class RowEstimate {

  private static final Pattern ROWS = Pattern.compile("rows=(\\d+)");

  private RowEstimate() {}

  /** The guess; -1 if the plan does not say. */
  static long of(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery("explain " + sql)) {
      if (plan.next()) {
        Matcher matcher = ROWS.matcher(plan.getString(1));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
      }
      return -1;
    }
  }
}
