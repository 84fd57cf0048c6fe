package d2s.engine.run;

import d2s.engine.schema.Queries;
import d2s.engine.schema.SqlIdentifier;
import d2s.engine.spec.Derivation;
import d2s.engine.spec.Mapping;
import d2s.engine.spec.Position;
import d2s.engine.spec.SequenceValue;
import d2s.engine.spec.Side;
import d2s.engine.spec.Update;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs the parts of a mapping that are SQL inside the target: derivations, updates, sequences. */
final class SqlStep {

  private final Connection target;
  private final Queries queries;
  private final int targetVersion;

  SqlStep(Connection target, Queries queries, int targetVersion) {
    this.target = target;
    this.queries = queries;
    this.targetVersion = targetVersion;
  }

  /**
   * @return rows written per table
   */
  Map<String, Long> run(Mapping mapping) throws SQLException {
    Map<String, Long> written = new LinkedHashMap<>();
    for (Derivation derivation : mapping.derive()) {
      if (derivation.gate().open(targetVersion)) {
        long rows = execute(insert(derivation), derivation.from().at());
        written.merge(derivation.table().value(), rows, Long::sum);
      }
    }
    for (Update update : mapping.updates()) {
      if (update.gate().open(targetVersion)) {
        execute(update(update), update.table().at());
      }
    }
    for (SequenceValue sequence : mapping.sequences()) {
      if (sequence.gate().open(targetVersion)) {
        execute(set(sequence), sequence.sequence().at());
      }
    }
    return written;
  }

  private String insert(Derivation derivation) {
    List<Derivation.Column> columns = open(derivation.columns());
    String select =
        "select "
            + columns.stream().map(column -> column.sql().value()).collect(Collectors.joining(", "))
            + " from "
            + derivation.from().value();
    return "insert into "
        + SqlIdentifier.quote(derivation.table().value())
        + " ("
        + SqlIdentifier.quoteAll(columns.stream().map(column -> column.name().value()).toList())
        + ") "
        + queries.of(select, Side.TARGET);
  }

  private String update(Update update) {
    String assignments =
        open(update.columns()).stream()
            .map(column -> SqlIdentifier.quote(column.name().value()) + " = (" + column.sql() + ")")
            .collect(Collectors.joining(", "));
    String sql = "update " + SqlIdentifier.quote(update.table().value()) + " set " + assignments;
    return queries.withFacts(update.where() == null ? sql : sql + " where " + update.where());
  }

  private String set(SequenceValue sequence) {
    String name = SqlIdentifier.quote(sequence.sequence().value());
    return queries.withFacts(
        "select setval('"
            + name.replace("'", "''")
            + "', greatest((select last_value from "
            + name
            + "), ("
            + sequence.sql().value()
            + ")), true)");
  }

  private List<Derivation.Column> open(List<Derivation.Column> columns) {
    return columns.stream().filter(column -> column.gate().open(targetVersion)).toList();
  }

  private long execute(String sql, Position at) throws SQLException {
    try (Statement statement = target.createStatement()) {
      return statement.execute(sql) ? 0 : statement.getLargeUpdateCount();
    } catch (SQLException e) {
      throw new RunFailed(at + ": the target refuses this: " + e.getMessage(), e);
    }
  }
}
