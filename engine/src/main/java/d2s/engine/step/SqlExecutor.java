package d2s.engine.step;

import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.SequenceValue;
import d2s.engine.mapping.Update;
import d2s.engine.query.Queries;
import d2s.engine.query.TargetStatements;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.SqlErrors;
import d2s.engine.yaml.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the parts of a mapping that are SQL inside the target: derivations, updates, sequences. */
final class SqlExecutor {

  private final SharedConnection target;
  private final TargetStatements statements;

  SqlExecutor(SharedConnection target, Queries queries) {
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
      Object last = target.use(open -> RowReader.scalar(open, statements.value(sequence)));
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

  private static MigrationFailedException failure(Position at, SQLException e) throws SQLException {
    if (SqlErrors.isOfServer(e)) {
      throw e;
    }
    return new MigrationFailedException(
        at + ": the target database rejected this: " + SqlErrors.reason(e),
        SqlErrors.withoutValues(e));
  }
}
