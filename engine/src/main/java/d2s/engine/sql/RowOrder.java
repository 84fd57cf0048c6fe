package d2s.engine.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By what a query orders its rows first.
 *
 * @param index of its first character in the query
 * @param name the column, without the table
 * @param descends whether the greatest comes first
 * @param ofBytes whether texts come in the order of their bytes, whatever the database is set to
 */
public record RowOrder(int index, String name, boolean descends, boolean ofBytes) {

  private static final Pattern ORDER_BY =
      Pattern.compile("\\border\\s+by\\s+", Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME = Pattern.compile("(?:\\w+\\s*\\.\\s*)*\"?(\\w+)\"?");

  private static final Pattern DESCENDING = Pattern.compile("(?i)\\bdesc\\b");

  private static final Pattern BYTES = Pattern.compile("(?i)\\bcollate\\s+\"C\"");

  /** What stands at the end of a query, outside of all parentheses; empty if nothing does. */
  public static Optional<RowOrder> of(String sql) {
    String outside = outside(SqlText.of(sql).names());
    Matcher order = ORDER_BY.matcher(outside);
    int begin = -1;
    while (order.find()) {
      begin = order.end();
    }
    if (begin < 0) {
      return Optional.empty();
    }
    int comma = outside.indexOf(',', begin);
    String first = outside.substring(begin, comma < 0 ? outside.length() : comma);
    Matcher name = NAME.matcher(first);
    return Optional.of(
        new RowOrder(
            begin,
            name.lookingAt() ? name.group(1) : "",
            DESCENDING.matcher(first).find(),
            BYTES.matcher(first).find()));
  }

  /** The same with everything blanked that stands in parentheses. */
  private static String outside(String sql) {
    StringBuilder outside = new StringBuilder(sql);
    int depth = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      depth -= c == ')' ? 1 : 0;
      if (depth > 0) {
        outside.setCharAt(i, ' ');
      }
      depth += c == '(' ? 1 : 0;
    }
    return outside.toString();
  }
}
