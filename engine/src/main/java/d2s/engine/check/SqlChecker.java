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
import java.util.ArrayList;
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
        List<Text> parts = new ArrayList<>(List.of(derivation.from()));
        derivation.columns().forEach(column -> parts.add(column.sql()));
        describer.describeParts(Side.TARGET, statements.insert(derivation), parts);
      }
    }
    for (Update update : mapping.updates()) {
      if (columns(update.table(), update.columns()).isPresent()) {
        List<Text> parts = new ArrayList<>();
        if (update.where() != null) {
          parts.add(update.where());
        }
        update.columns().forEach(column -> parts.add(column.sql()));
        describer.describeParts(Side.TARGET, statements.update(update), parts);
      }
    }
    for (SequenceValue sequence : mapping.sequences()) {
      if (targets.checkSequence(sequence.sequence())) {
        describer.describeParts(Side.TARGET, statements.value(sequence), List.of(sequence.sql()));
      }
    }
    for (Expectation expectation : mapping.expectations()) {
      Text sql = expectation.sql();
      describe(expectation.side(), sql);
    }
    for (Count count : mapping.counts()) {
      describeNumber(Side.SOURCE, count.source());
      describeNumber(Side.TARGET, count.target());
    }
  }

  /**
   * Lets the target look at what makes a column of a value.
   *
   * @return the expression
   */
  String computed(Block.Column column, ColumnType type) {
    String expression = statements.computed(column, type);
    describer.describeParts(
        Side.TARGET,
        "select " + expression + " from (select null::text as value) given",
        List.of(column.sql()));
    return expression;
  }

  private void describe(Side side, Text sql) {
    describer.describe(side, queries.of(sql.value(), side), sql);
  }

  private void describeNumber(Side side, Text sql) {
    describer
        .describe(side, queries.of(sql.value(), side), sql)
        .filter(columns -> columns.size() != 1 || !TypeCompatibility.integer(columns.get(0).type()))
        .ifPresent(
            columns ->
                problems.add(
                    sql.at(),
                    "a count is one integer, and this is "
                        + (columns.size() == 1
                            ? columns.get(0).type()
                            : columns.size() + " columns")));
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
