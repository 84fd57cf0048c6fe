package d2s.engine.check;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.Count;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Expectation;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.SequenceValue;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Update;
import d2s.engine.query.Queries;
import d2s.engine.query.SqlDescriber;
import d2s.engine.query.TargetStatements;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what a mapping says in SQL: derivations, updates, sequences, expectations, counts. */
final class SqlChecker {

  private final Queries queries;
  private final TargetStatements statements;
  private final SqlDescriber describer;
  private final TargetTables targets;
  private final Problems problems;

  SqlChecker(Queries queries, SqlDescriber describer, TargetTables targets, Problems problems) {
    this.queries = queries;
    this.statements = new TargetStatements(queries);
    this.describer = describer;
    this.targets = targets;
    this.problems = problems;
  }

  void check(Mapping mapping) {
    for (Derivation derivation : mapping.derive()) {
      Optional<Set<String>> filled = columns(derivation.table(), derivation.columns());
      if (filled.isPresent()) {
        targets
            .table(derivation.table())
            .ifPresent(table -> targets.checkFilled(derivation.table(), table, filled.get()));
        describer.describe(Side.TARGET, statements.insert(derivation), derivation.from());
      }
    }
    for (Update update : mapping.updates()) {
      if (columns(update.table(), update.columns()).isPresent()) {
        Text at = update.where() == null ? update.columns().get(0).sql() : update.where();
        describer.describe(Side.TARGET, statements.update(update), at);
      }
    }
    for (SequenceValue sequence : mapping.sequences()) {
      if (targets.checkSequence(sequence.sequence())) {
        describer.describe(Side.TARGET, statements.value(sequence), sequence.sql());
      }
    }
    for (Expectation expectation : mapping.expectations()) {
      Text sql = expectation.sql();
      describe(expectation.side(), sql);
    }
    for (Count count : mapping.counts()) {
      describe(Side.SOURCE, count.source());
      describe(Side.TARGET, count.target());
    }
  }

  /**
   * Lets the target look at what makes a column of a value.
   *
   * @return the expression
   */
  String computed(Block.Column column, ColumnType type) {
    String expression = statements.computed(column, type);
    describer.describe(
        Side.TARGET,
        "select " + expression + " from (select null::text as value) given",
        column.sql());
    return expression;
  }

  private void describe(Side side, Text sql) {
    describer.describe(side, queries.of(sql.value(), side), sql);
  }

  /** The names of the columns that are given a value; empty after a problem. */
  private Optional<Set<String>> columns(Text name, List<Derivation.Column> columns) {
    Optional<Table> table = targets.table(name);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    if (columns.isEmpty()) {
      problems.add(name.at(), "no column of " + name + " is given a value");
      return Optional.empty();
    }
    Set<String> filled = new HashSet<>();
    for (Derivation.Column column : columns) {
      targets.column(table.get(), column.name()).ifPresent(found -> filled.add(found.name()));
    }
    return filled.size() == columns.size() ? Optional.of(filled) : Optional.empty();
  }
}
