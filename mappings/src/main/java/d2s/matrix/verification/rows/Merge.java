package d2s.matrix.verification.rows;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Reads a query on each side in step, ordered by their columns {@code key}, so that what belongs
 * together meets without either side being held in memory.
 */
public final class Merge {

  private Merge() {}

  /** Takes the rows of one key; one of them is null where only the other side has the key. */
  @FunctionalInterface
  public interface Pair {
    void meet(String key, ResultSet source, ResultSet target) throws SQLException;
  }

  /**
   * A key that Dendrite has several times meets once: with a broken index it has rows twice, and
   * Synapse can have one of them.
   *
   * @param sourceSql a query on Dendrite's database with a text column {@code key}
   * @param targetSql the same on Synapse's
   */
  public static void of(VerificationContext context, String sourceSql, String targetSql, Pair pair)
      throws SQLException {
    String[] last = new String[1];
    all(
        context,
        sourceSql,
        targetSql,
        (key, source, target) -> {
          boolean repeated = target == null && key.equals(last[0]);
          last[0] = source == null ? null : key;
          if (!repeated) {
            pair.meet(key, source, target);
          }
        });
  }

  /** Says what is wrong with the rows of one key, or null. */
  @FunctionalInterface
  public interface Judge {
    String wrong(String key, ResultSet source, ResultSet target) throws SQLException;
  }

  /**
   * As {@link #of}. Of several rows that Dendrite has of a key, one that is right is enough: with a
   * broken index nobody can tell which counts.
   */
  public static void judge(
      VerificationContext context,
      String sourceSql,
      String targetSql,
      Judge judge,
      Findings findings)
      throws SQLException {
    try (Statement source = Sql.statement(context.source());
        Statement target = Sql.statement(context.target());
        ResultSet left =
            source.executeQuery(ordered(context.source(), Sql.with(context, sourceSql)));
        ResultSet right =
            target.executeQuery(ordered(context.target(), Sql.with(context, targetSql)))) {
      String leftKey = next(left);
      String rightKey = next(right);
      while (leftKey != null || rightKey != null) {
        int order = order(leftKey, rightKey);
        String key = order <= 0 ? leftKey : rightKey;
        ResultSet same = order >= 0 ? right : null;
        findings.looked();
        String wrong = judge.wrong(key, order <= 0 ? left : null, same);
        if (order <= 0) {
          leftKey = next(left);
          while (key.equals(leftKey)) {
            wrong = wrong == null ? null : judge.wrong(key, left, same);
            leftKey = next(left);
          }
        }
        if (order >= 0) {
          rightKey = next(right);
        }
        if (wrong != null) {
          findings.found(key, wrong);
        }
      }
    }
  }

  /** As {@link #of}, but a key that one side has more often meets null as often. */
  public static void all(VerificationContext context, String sourceSql, String targetSql, Pair pair)
      throws SQLException {
    try (Statement source = Sql.statement(context.source());
        Statement target = Sql.statement(context.target());
        ResultSet left =
            source.executeQuery(ordered(context.source(), Sql.with(context, sourceSql)));
        ResultSet right =
            target.executeQuery(ordered(context.target(), Sql.with(context, targetSql)))) {
      String leftKey = next(left);
      String rightKey = next(right);
      while (leftKey != null || rightKey != null) {
        int order = order(leftKey, rightKey);
        pair.meet(
            order <= 0 ? leftKey : rightKey, order <= 0 ? left : null, order >= 0 ? right : null);
        if (order <= 0) {
          leftKey = next(left);
        }
        if (order >= 0) {
          rightKey = next(right);
        }
      }
    }
  }

  private static String ordered(Connection connection, String sql) throws SQLException {
    return "select * from (" + sql + ") keyed order by " + Sql.bytewise(connection, "key");
  }

  private static String next(ResultSet rows) throws SQLException {
    return rows.next() ? rows.getString("key") : null;
  }

  private static int order(String left, String right) {
    if (left == null || right == null) {
      return left == null ? 1 : -1;
    }
    return compare(left, right);
  }

  /** In the order of code points, which is that of the collation C; Java's own is another. */
  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean aHigh = Character.isSurrogate(a);
        return aHigh == Character.isSurrogate(b) ? a - b : aHigh ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }
}
