package d2s.engine.run;

import d2s.engine.mapping.Count;
import d2s.engine.mapping.Expectation;
import d2s.engine.mapping.Side;
import d2s.engine.query.Queries;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.sql.SqlErrors;
import d2s.engine.yaml.Text;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** Asks the databases what mapping files say about a loaded target: expectations and counts. */
public record Invariants(Queries queries, Connection source, Connection target) {

  /**
   * What an expectation was answered with. It is met without any row.
   *
   * @param rows how many there are
   * @param first the first column of the first ones; {@code NULL} as a word
   */
  public record Answer(long rows, List<String> first) {}

  /** The two numbers of a count. */
  public record Numbers(long source, long target) {

    public boolean equal() {
      return source == target;
    }

    /** What is missing in the target; negative if there is more than in the source. */
    public long missing() {
      return source - target;
    }
  }

  /**
   * @param limit how many of the rows are wanted
   * @throws MigrationFailedException if the query cannot be executed
   */
  public Answer ask(Expectation expectation, int limit) {
    String sql = queries.of(expectation.sql().value(), expectation.side());
    // In one statement that is not read by a cursor, PostgreSQL works on all processors.
    String question =
        "select count(*), (array_agg(coalesce(value::text, 'NULL')))[1:"
            + limit
            + "] from ("
            + sql
            + "\n) found (value)";
    try (Statement statement = connection(expectation.side()).createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      answer.next();
      Array first = answer.getArray(2);
      return new Answer(
          answer.getLong(1),
          first == null ? List.of() : Arrays.asList((String[]) first.getArray()));
    } catch (SQLException e) {
      throw failed(expectation.sql(), expectation.side(), "expectation", e);
    }
  }

  /**
   * @throws MigrationFailedException if a query cannot be executed, or does not return one row with
   *     one number
   */
  public Numbers ask(Count count) {
    return new Numbers(inSource(count), inTarget(count));
  }

  /** The number in the source; as {@link #ask(Count)}. */
  long inSource(Count count) {
    return number(count.source(), Side.SOURCE);
  }

  /** The number in the target; as {@link #ask(Count)}. */
  long inTarget(Count count) {
    return number(count.target(), Side.TARGET);
  }

  private long number(Text sql, Side side) {
    try (Statement statement = connection(side).createStatement();
        ResultSet rows = statement.executeQuery(queries.of(sql.value(), side))) {
      if (rows.next() && rows.getObject(1) instanceof Number number && !rows.next()) {
        return number.longValue();
      }
    } catch (SQLException e) {
      throw failed(sql, side, "count", e);
    }
    throw new MigrationFailedException(
        sql.at() + ": a count needs a query with one row and one number", null);
  }

  private Connection connection(Side side) {
    return side == Side.SOURCE ? source : target;
  }

  private static MigrationFailedException failed(Text sql, Side side, String what, SQLException e) {
    return new MigrationFailedException(
        sql.at()
            + ": the query of this "
            + what
            + " fails: "
            + SqlErrors.reason(e)
            + SqlErrors.advice(e, side + " database"),
        SqlErrors.withoutValues(e));
  }
}
