package d2s.engine.prepare;

import d2s.engine.mapping.Precondition;
import d2s.engine.mapping.Precondition.Use;
import d2s.engine.mapping.Side;
import d2s.engine.query.Queries;
import d2s.engine.result.CheckResult;
import d2s.engine.result.Severity;
import d2s.engine.sql.Savepoints;
import d2s.engine.sql.SqlErrors;
import d2s.engine.yaml.Text;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the databases what a mapping set wants to hold.
 *
 * @param connections without the target where it is not at hand
 * @param accepted names of preconditions that need not hold: they are warnings then
 */
record Preconditions(Queries queries, Map<Side, Connection> connections, Set<String> accepted) {

  /** More than anybody reads. */
  private static final int ROWS = 100;

  /** A session stays for a moment after its client has gone, in milliseconds. */
  private static final int MOMENT_MILLIS = 250;

  private static final int MOMENTS = 8;

  /** One result for each, in their order; those that hold and have no id are not mentioned. */
  List<CheckResult> check(List<Precondition> preconditions) throws SQLException {
    List<CheckResult> results = new ArrayList<>();
    for (Precondition precondition : preconditions) {
      List<String> found;
      try {
        found = rows(precondition);
      } catch (SQLException e) {
        if (SqlErrors.isOfServer(e)) {
          throw e;
        }
        // A precondition may ask a table that an unsuitable database does not have.
        results.add(result(precondition, Severity.ERROR, List.of(SqlErrors.reason(e))));
        continue;
      }
      if (!found.isEmpty()) {
        results.add(result(precondition, severity(precondition), found));
      } else if (precondition.id() != null) {
        results.add(CheckResult.ok(precondition.id().value(), ok(precondition)));
      }
    }
    return results;
  }

  private List<String> rows(Precondition precondition) throws SQLException {
    Connection connection = connections.get(precondition.side());
    String sql = queries.of(precondition.sql().value(), precondition.side());
    List<String> found = ask(connection, sql);
    // What is asked again later is about what others do at the moment.
    boolean passing = precondition.appliesTo().contains(Use.COMMIT);
    for (int i = 0; passing && !found.isEmpty() && i < MOMENTS; i++) {
      pause();
      found = ask(connection, sql);
    }
    return found;
  }

  private static List<String> ask(Connection connection, String sql) throws SQLException {
    return Savepoints.of(
        connection,
        () -> {
          List<String> found = new ArrayList<>();
          try (Statement statement = connection.createStatement()) {
            // A transaction sees the sessions of its first look, unless it is told otherwise.
            statement.execute("select pg_stat_clear_snapshot()");
            try (ResultSet rows = statement.executeQuery(sql)) {
              while (rows.next() && found.size() < ROWS) {
                found.add(rows.getString(1));
              }
            }
          }
          return found;
        });
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(MOMENT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  private static CheckResult result(
      Precondition precondition, Severity severity, List<String> rows) {
    String id = precondition.id() == null ? "precondition" : precondition.id().value();
    return new CheckResult(
        id,
        severity,
        text(precondition.message()),
        rows,
        text(precondition.cause()),
        text(precondition.cure()));
  }

  private Severity severity(Precondition precondition) {
    if (precondition.accept() != null && accepted.contains(precondition.accept().value())) {
      return Severity.WARNING;
    }
    return switch (precondition.level()) {
      case NOTE -> Severity.OK;
      case WARNING -> Severity.WARNING;
      case ERROR -> Severity.ERROR;
    };
  }

  private static String ok(Precondition precondition) {
    return precondition.ok() == null ? precondition.id().value() : text(precondition.ok());
  }

  private static String text(Text text) {
    return text == null ? "" : text.value().strip().replaceAll("\\s+", " ");
  }
}
