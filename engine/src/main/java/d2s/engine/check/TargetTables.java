package d2s.engine.check;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Text;
import java.util.Optional;
import java.util.Set;

/** Finds the tables and columns that mappings write to. */
final class TargetTables {

  private final Catalog target;
  private final Problems problems;

  TargetTables(Catalog target, Problems problems) {
    this.target = target;
    this.problems = problems;
  }

  Optional<Table> table(Text name) {
    Optional<Table> table = target.table(name.value());
    if (table.isEmpty()) {
      problems.add(
          name.at(),
          "no table " + name + " in the target" + Suggestion.of(name.value(), target.tableNames()));
    }
    return table;
  }

  /** A column that a value can be given to. */
  Optional<Column> column(Table table, Text name) {
    Optional<Column> column = table.column(name.value());
    if (column.isEmpty()) {
      problems.add(
          name.at(),
          "no column "
              + name
              + " in "
              + table.name()
              + Suggestion.of(name.value(), table.columnNames()));
    } else if (!column.get().writable()) {
      problems.add(
          name.at(), name + " is computed by the database from other columns; leave it out");
      return Optional.empty();
    }
    return column;
  }

  /** Reports columns that would make every row fail. */
  void checkFilled(Text at, Table table, Set<String> filled) {
    for (Column column : table.columns()) {
      if (!column.nullable() && !column.hasDefault() && !filled.contains(column.name())) {
        problems.add(
            at.at(),
            table.name() + "." + column.name() + " is NOT NULL, has no default and is not filled");
      }
    }
  }

  /** Whether a sequence is there; reported if it is not. */
  boolean checkSequence(Text name) {
    boolean found = target.sequence(name.value()).isPresent();
    if (!found) {
      problems.add(
          name.at(),
          "no sequence "
              + name
              + " in the target"
              + Suggestion.of(
                  name.value(),
                  target.sequences().stream().map(sequence -> sequence.name()).toList()));
    }
    return found;
  }
}
