package d2s.engine.run;

import d2s.engine.check.Refusal;
import d2s.engine.check.TargetStatements;
import d2s.engine.schema.Queries;
import d2s.engine.spec.Derivation;
import d2s.engine.spec.Mapping;
import d2s.engine.spec.Position;
import d2s.engine.spec.SequenceValue;
import d2s.engine.spec.Update;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the parts of a mapping that are SQL inside the target: derivations, updates, sequences. */
final class SqlStep {

  private final SharedConnection target;
  private final TargetStatements statements;

  SqlStep(SharedConnection target, Queries queries) {
    this.target = target;
    this.statements = new TargetStatements(queries);
  }

  /**
   * @return rows written per table
   */
  Map<String, Long> run(Mapping mapping) throws SQLException {
    Map<String, Long> written = new LinkedHashMap<>();
    for (Derivation derivation : mapping.derive()) {
      long rows = execute(statements.insert(derivation), derivation.from().at());
      written.merge(derivation.table().value(), rows, Long::sum);
    }
    for (Update update : mapping.updates()) {
      execute(statements.update(update), update.table().at());
    }
    for (SequenceValue sequence : mapping.sequences()) {
      set(sequence);
    }
    return written;
  }

  private void set(SequenceValue sequence) throws SQLException {
    try {
      Object last = target.use(open -> Preparation.scalar(open, statements.value(sequence)));
      if (last instanceof Long value) {
        for (String sql : statements.set(sequence, value)) {
          execute(sql, sequence.sequence().at());
        }
      }
    } catch (SQLException e) {
      throw failure(sequence.sql().at(), e);
    }
  }

  private long execute(String sql, Position at) throws SQLException {
    try {
      return target.useAfterOthers(open -> execute(open, sql));
    } catch (SQLException e) {
      throw failure(at, e);
    }
  }

  private static long execute(Connection target, String sql) throws SQLException {
    try (Statement statement = target.createStatement()) {
      return statement.execute(sql) ? 0 : statement.getLargeUpdateCount();
    }
  }

  private static RunFailed failure(Position at, SQLException e) throws SQLException {
    if (Refusal.isLost(e)) {
      throw e;
    }
    return new RunFailed(
        at + ": the target refuses this: " + Refusal.reason(e), Refusal.withoutValues(e));
  }
}
