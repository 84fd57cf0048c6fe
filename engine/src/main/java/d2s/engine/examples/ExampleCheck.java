package d2s.engine.examples;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Example;
import d2s.engine.mapping.Example.Cell;
import d2s.engine.mapping.Example.Row;
import d2s.engine.mapping.Example.Rows;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Update;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds the examples of a mapping against two catalogs: names, types, and what can come at all. */
final class ExampleCheck {

  private static final Set<String> FILE_KEYS = Set.of("from", "to", "size", "sha256");

  private final MappingSet set;
  private final Catalog source;
  private final Catalog target;
  private final Problems problems;

  ExampleCheck(MappingSet set, Catalog source, Catalog target, Problems problems) {
    this.set = set;
    this.source = source;
    this.target = target;
    this.problems = problems;
  }

  void check(Mapping mapping, Example example) {
    example.source().forEach(rows -> check(rows, source, "source"));
    example.given().forEach(rows -> check(rows, target, "target"));
    int version = Integer.parseInt(target.version());
    Set<String> written = new TreeSet<>(written(mapping.forVersion(version)));
    for (Text name : example.with()) {
      set.mappings().stream()
          .filter(other -> other.name().value().equals(name.value()))
          .forEach(other -> written.addAll(written(other.forVersion(version))));
    }
    // A mapping with a problem is not here, and its tables would be told as well.
    boolean whole =
        example.with().stream()
            .allMatch(
                name ->
                    set.mappings().stream()
                        .anyMatch(other -> other.name().value().equals(name.value())));
    for (Rows rows : example.target()) {
      check(rows, target, "target");
      String table = rows.table().value();
      if (whole && target.table(table).isPresent() && !written.contains(table)) {
        problems.add(
            rows.table().at(),
            "the mapping writes nothing to "
                + table
                + Suggestion.of(table, written)
                + (example.with().isEmpty() ? "" : ", nor does any under with"));
      }
    }
    example.files().forEach(files -> checkFiles(mapping, files));
    List<String> sequences = target.sequences().stream().map(Sequence::name).toList();
    for (Cell cell : example.sequences()) {
      String name = cell.name().value();
      if (!sequences.contains(name)) {
        problems.add(
            cell.name().at(),
            "no sequence " + name + " in the target" + Suggestion.of(name, sequences));
      } else if (!(cell.value().content() instanceof Long)) {
        problems.add(cell.value().at(), "the last value of a sequence is a whole number");
      }
    }
  }

  /** The tables that a mapping fills. */
  static Set<String> filled(Mapping mapping) {
    Set<String> tables = new TreeSet<>();
    mapping.to().stream().map(Block::table).map(Text::value).forEach(tables::add);
    mapping.derive().stream().map(Derivation::table).map(Text::value).forEach(tables::add);
    return tables;
  }

  private static Set<String> written(Mapping mapping) {
    Set<String> tables = filled(mapping);
    mapping.updates().stream().map(Update::table).map(Text::value).forEach(tables::add);
    return tables;
  }

  private void check(Rows rows, Catalog catalog, String side) {
    String name = rows.table().value();
    Optional<Table> table = catalog.table(name);
    if (table.isEmpty()) {
      problems.add(
          rows.table().at(),
          "no table " + name + " in the " + side + Suggestion.of(name, catalog.tableNames()));
      return;
    }
    for (Row row : rows.rows()) {
      row.cells().forEach(cell -> check(cell, table.get(), catalog == target));
    }
  }

  private void check(Cell cell, Table table, boolean inTarget) {
    String name = cell.name().value();
    Optional<Column> column = table.column(name);
    if (column.isEmpty()) {
      problems.add(
          cell.name().at(),
          "no column "
              + name
              + " in "
              + table.name()
              + (inTarget && isFilled(table.name(), name)
                  ? " of this version; give the example the range of versions that have it, and add"
                      + " one for the others"
                  : Suggestion.of(name, table.columnNames())));
      return;
    }
    String misfit = SampleValue.misfit(cell.value(), column.get());
    if (misfit != null) {
      problems.add(cell.value().at(), "the column " + name + " " + misfit);
    }
  }

  /** Whether some mapping fills a column of the target, in whatever version. */
  private boolean isFilled(String table, String column) {
    return set.mappings().stream()
        .anyMatch(
            mapping ->
                mapping.to().stream()
                        .filter(block -> block.table().value().equals(table))
                        .flatMap(block -> block.columns().stream())
                        .anyMatch(one -> one.name().value().equals(column))
                    || mapping.derive().stream()
                        .filter(derivation -> derivation.table().value().equals(table))
                        .flatMap(derivation -> derivation.columns().stream())
                        .anyMatch(one -> one.name().value().equals(column)));
  }

  private void checkFiles(Mapping mapping, Rows files) {
    List<String> stores =
        mapping.files().stream().map(file -> file.store().value()).distinct().toList();
    String store = files.table().value();
    if (!stores.contains(store)) {
      problems.add(
          files.table().at(),
          "the mapping has no files of a store " + store + Suggestion.of(store, stores));
    }
    for (Row row : files.rows()) {
      for (Cell cell : row.cells()) {
        if (!FILE_KEYS.contains(cell.name().value())) {
          problems.add(
              cell.name().at(),
              "a file has from, to, size and sha256; no "
                  + cell.name()
                  + Suggestion.of(cell.name().value(), FILE_KEYS));
        }
      }
    }
  }
}
