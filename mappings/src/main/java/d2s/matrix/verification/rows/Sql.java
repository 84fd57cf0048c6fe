package d2s.matrix.verification.rows;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries whose rows are streamed. */
public final class Sql {

  private static final int FETCH_SIZE = 2_000;
  private static final Pattern FACT = Pattern.compile("(?<![:\\w]):([a-z_]+)\\b");

  private Sql() {}

  /** Takes the current row. */
  @FunctionalInterface
  public interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  public static void each(Connection connection, String sql, RowReader reader) throws SQLException {
    try (Statement statement = statement(connection);
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  /** Every row is something wrong; its first column says with what. */
  public static void findAll(Connection connection, String sql, String wrong, Findings findings)
      throws SQLException {
    each(connection, sql, row -> findings.found(row.getString(1), wrong));
  }

  /** The only number that a query returns; 0 for NULL. */
  public static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Whether there is such a table, or with {@code table.column} such a column. */
  public static boolean has(Connection connection, String name) throws SQLException {
    int dot = name.indexOf('.');
    String table = dot < 0 ? name : name.substring(0, dot);
    String column = dot < 0 ? "" : " and attname = '" + name.substring(dot + 1) + "'";
    return number(
            connection,
            "select count(*) from pg_attribute where attrelid = to_regclass('public."
                + table
                + "') and attnum > 0 and not attisdropped"
                + column)
        > 0;
  }

  /** Puts facts in the place of {@code :name}. */
  public static String with(VerificationContext context, String sql) {
    Matcher matcher = FACT.matcher(sql);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      Object fact = context.fact(matcher.group(1));
      String literal =
          fact instanceof Number ? fact.toString() : "'" + ("" + fact).replace("'", "''") + "'";
      matcher.appendReplacement(result, Matcher.quoteReplacement(literal));
    }
    return matcher.appendTail(result).toString();
  }

  /**
   * What to order by so that the texts of a column come byte by byte. Where the database orders so
   * by itself, as Synapse's must, nothing is added: an index could not be used otherwise.
   */
  static String bytewise(Connection connection, String column) throws SQLException {
    long itself =
        number(
            connection,
            "select count(*) from pg_database"
                + " where datname = current_database() and datcollate in ('C', 'POSIX')"
                // The column came with PostgreSQL 15.
                + " and coalesce(to_jsonb(pg_database) ->> 'datlocprovider', 'c') = 'c'");
    return itself > 0 ? column : column + " collate \"C\"";
  }

  /** A statement that fetches its rows bit by bit. */
  static Statement statement(Connection connection) throws SQLException {
    Statement statement = connection.createStatement();
    statement.setFetchSize(FETCH_SIZE);
    return statement;
  }
}
