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
    try (Side source = Side.open(context, context.source(), sourceSql);
        Side target = Side.open(context, context.target(), targetSql)) {
      while (source.key != null || target.key != null) {
        int order = order(source.key, target.key);
        String key = order <= 0 ? source.key : target.key;
        ResultSet same = order >= 0 ? target.rows : null;
        findings.looked();
        String wrong = judge.wrong(key, order <= 0 ? source.rows : null, same);
        if (order <= 0) {
          source.step();
          while (key.equals(source.key)) {
            wrong = wrong == null ? null : judge.wrong(key, source.rows, same);
            source.step();
          }
        }
        if (order >= 0) {
          target.step();
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
    try (Side source = Side.open(context, context.source(), sourceSql);
        Side target = Side.open(context, context.target(), targetSql)) {
      while (source.key != null || target.key != null) {
        int order = order(source.key, target.key);
        pair.meet(
            order <= 0 ? source.key : target.key,
            order <= 0 ? source.rows : null,
            order >= 0 ? target.rows : null);
        if (order <= 0) {
          source.step();
        }
        if (order >= 0) {
          target.step();
        }
      }
    }
  }

  /** The rows of one side, in the order of their keys. */
  private static final class Side implements AutoCloseable {

    private final Statement statement;
    private final ResultSet rows;

    /** Of the row it is at; null after the last. */
    private String key;

    private Side(Statement statement, ResultSet rows) {
      this.statement = statement;
      this.rows = rows;
    }

    /** Stands at the first row. */
    static Side open(VerificationContext context, Connection connection, String sql)
        throws SQLException {
      Statement statement = Sql.statement(connection);
      try {
        Side side =
            new Side(
                statement,
                statement.executeQuery(
                    "select * from ("
                        + Sql.with(context, sql)
                        + ") keyed order by "
                        + Sql.bytewise(connection, "key")));
        side.step();
        return side;
      } catch (SQLException e) {
        statement.close();
        throw e;
      }
    }

    void step() throws SQLException {
      key = rows.next() ? rows.getString("key") : null;
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
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
