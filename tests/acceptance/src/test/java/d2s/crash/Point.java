package d2s.crash;

import d2s.crash.Clock.Message;
import d2s.crash.Clock.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment of a run.
 *
 * @param isIt tells the message that is sent in this moment; of those, the first one counts
 * @param isAnswer whether it is the moment in which the target has executed the COMMIT instead
 */
record Point(String name, Predicate<Message> isIt, boolean isAnswer) {

  private static final int TENTHS = 10;
  private static final Pattern WRITE =
      Pattern.compile(
          "(?i)(?:copy|insert into|update) (?:public\\.)?\"?(\\w+)\"?.*", Pattern.DOTALL);

  /** The server executes the COMMIT, and its answer never arrives. */
  static final Point ANSWER = new Point("committed", message -> false, true);

  /** The COMMIT never arrives. */
  static final Point COMMIT = target("commit", "(?i)commit");

  /** Ten points, evenly spread over the messages of a run. */
  static List<Point> tenths(long messages) {
    List<Point> points = new ArrayList<>();
    for (int i = 1; i <= TENTHS; i++) {
      long number = Math.max(1, messages * (2 * i - 1) / (2 * TENTHS));
      points.add(new Point((10 * i - 5) + " %", message -> message.number() == number, false));
    }
    return points;
  }

  /**
   * The beginning of each phase: what first writes to a table that no earlier phase fills, rows or
   * a statement.
   *
   * @param tables what each phase fills, in their order
   */
  static List<Point> phases(Map<String, Set<String>> tables) {
    List<Point> points = new ArrayList<>();
    tables.forEach(
        (phase, filled) ->
            points.add(new Point(phase, message -> isWriteTo(filled, message), false)));
    return points;
  }

  /** What is no row: files, indexes, keys, the last checks. */
  static List<Point> borders() {
    return List.of(
        target("files", "(?i)rollback"),
        target("drop index", "(?i).*(drop index|drop constraint).*"),
        target("index", "(?i).*create (unique )?index.*"),
        target("key", "(?i).*add constraint.*foreign key.*"),
        // Sent once, when everything is loaded: constraints are asked before each index, too.
        target("checks", "(?i)set local parallel_tuple_cost.*"));
  }

  private static Point target(String name, String sql) {
    Pattern pattern = Pattern.compile(sql, Pattern.DOTALL);
    return new Point(
        name,
        message -> message.side() == Side.TARGET && pattern.matcher(message.sql()).matches(),
        false);
  }

  private static boolean isWriteTo(Set<String> tables, Message message) {
    if (message.side() != Side.TARGET) {
      return false;
    }
    Matcher write = WRITE.matcher(message.sql());
    return write.matches() && tables.contains(write.group(1).toLowerCase(Locale.ROOT));
  }
}
