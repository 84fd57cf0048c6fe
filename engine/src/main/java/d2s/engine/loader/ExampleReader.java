package d2s.engine.loader;

import d2s.engine.mapping.Example;
import d2s.engine.mapping.Example.AddedColumn;
import d2s.engine.mapping.Example.Cell;
import d2s.engine.mapping.Example.Row;
import d2s.engine.mapping.Example.Rows;
import d2s.engine.yaml.Literal;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.YamlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the examples of a mapping file. */
final class ExampleReader {

  private static final Set<String> OUTCOMES = Set.of("target", "skipped", "files", "sequences");

  private final String versionKey;

  ExampleReader(String versionKey) {
    this.versionKey = versionKey;
  }

  Example read(YamlObject yaml) {
    yaml.allow(
        Set.of(
            "description",
            "with",
            "facts",
            "added",
            "source",
            "given",
            "target",
            "skipped",
            "files",
            "sequences",
            versionKey));
    if (OUTCOMES.stream().noneMatch(yaml::has)) {
      yaml.problem(
          yaml.at(),
          "the example says nothing of the result: say one of target, skipped, files, sequences");
    }
    return new Example(
        yaml.requiredText("description"),
        yaml.texts("with"),
        cells(yaml.object("facts")),
        added(yaml.object("added")),
        tables(yaml, "source", false),
        tables(yaml, "given", false),
        tables(yaml, "target", true),
        yaml.objects("skipped", this::notMigrated),
        tables(yaml, "files", true),
        cells(yaml.object("sequences")),
        SetReader.versions(yaml, versionKey));
  }

  private Example.NotMigrated notMigrated(YamlObject yaml) {
    yaml.allow(Set.of("item", "reason"));
    return new Example.NotMigrated(yaml.requiredText("item"), yaml.text("reason"));
  }

  private static List<AddedColumn> added(YamlObject tables) {
    List<AddedColumn> result = new ArrayList<>();
    if (tables != null) {
      for (Text table : tables.keys()) {
        YamlObject columns = tables.object(table.value());
        for (Text column : columns == null ? List.<Text>of() : columns.keys()) {
          result.add(new AddedColumn(table, column, columns.requiredText(column.value())));
        }
      }
    }
    return result;
  }

  private static List<Rows> tables(YamlObject yaml, String key, boolean counted) {
    List<Rows> result = new ArrayList<>();
    YamlObject tables = yaml.object(key);
    if (tables != null) {
      for (Text table : tables.keys()) {
        result.add(table(table, tables, counted));
      }
    }
    return result;
  }

  private static Rows table(Text table, YamlObject tables, boolean counted) {
    if (!tables.isScalar(table.value())) {
      return new Rows(table, null, tables.objects(table.value(), ExampleReader::row));
    }
    Literal count = tables.literal(table.value());
    if (counted && count.content() instanceof Long number && number >= 0) {
      return new Rows(table, count, List.of());
    }
    tables.problem(
        count.at(),
        counted
            ? table + " must be a list of rows, or how many there are"
            : table + " must be a list of rows");
    return new Rows(table, null, List.of());
  }

  private static Row row(YamlObject yaml) {
    return new Row(yaml.at(), cells(yaml));
  }

  private static List<Cell> cells(YamlObject yaml) {
    return yaml == null
        ? List.of()
        : yaml.keys().stream().map(name -> new Cell(name, yaml.literal(name.value()))).toList();
  }
}
