package d2s.engine.prepare;

import d2s.engine.expression.Compiled;
import d2s.engine.expression.EvaluationException;
import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.expression.Scope;
import d2s.engine.function.FunctionTable;
import d2s.engine.mapping.Fact;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.SourceColumn;
import d2s.engine.sql.RowReader;
import d2s.engine.yaml.Problems;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A fact that is a list: an expression makes one element of every row of a query.
 *
 * <p>A row for which the expression fails has no element, as one for which it is null. So one
 * damaged row never takes the fact away.
 */
final class ListFact {

  private ListFact() {}

  /**
   * The text form of an array, for {@code unnest(:name::text[])}.
   *
   * @param sql the complete query
   * @param known the facts that were read before
   * @throws d2s.engine.yaml.InvalidMappingsException if the expression does not fit the query
   * @throws SQLException if the database refuses the query
   */
  static String read(Fact fact, String sql, Map<String, Object> known, Connection connection)
      throws SQLException {
    List<String> columns =
        new LiveDescriber(connection, connection)
            .describe(fact.side(), sql).stream().map(SourceColumn::name).toList();
    Scope scope = Scope.of(columns);
    known.keySet().stream().filter(name -> !scope.has(name)).toList().forEach(scope::add);
    Problems problems = new Problems();
    Compiled element =
        new ExpressionCompiler(FunctionTable.load())
            .compile(fact.each(), scope, "the rows of " + fact.name(), problems);
    problems.throwIfAny();
    Object[] frame = new Object[scope.size()];
    known.forEach((name, value) -> frame[scope.slot(name)] = value);
    StringJoiner list = new StringJoiner(",", "{", "}");
    try (RowReader rows = new RowReader(connection, sql)) {
      for (Object[] row = rows.next(); row != null; row = rows.next()) {
        System.arraycopy(row, 0, frame, 0, columns.size());
        Object value = evaluate(element, frame);
        if (value != null) {
          list.add(quoted(value.toString()));
        }
      }
    }
    return list.toString();
  }

  private static Object evaluate(Compiled element, Object[] frame) {
    try {
      return element.evaluate(frame);
    } catch (EvaluationException e) {
      return null;
    }
  }

  private static String quoted(String element) {
    return '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
