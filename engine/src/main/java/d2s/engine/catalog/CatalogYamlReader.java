package d2s.engine.catalog;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogException;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.ForeignKey;
import d2s.engine.schema.Key;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Sequence.Owner;
import d2s.engine.schema.Table;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads the form that {@link CatalogYaml} describes. */
final class CatalogYamlReader {

  private CatalogYamlReader() {}

  static Catalog read(Reader in, String source) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object document;
    try {
      document = new Yaml(new SafeConstructor(options)).load(in);
    } catch (YAMLException e) {
      throw new CatalogException(source + ": " + e.getMessage(), e);
    }
    YamlPart root = new YamlPart(source, "", document);
    List<Table> tables = new ArrayList<>();
    root.part("tables").parts().forEach((name, part) -> tables.add(table(name, part)));
    List<Sequence> sequences = new ArrayList<>();
    root.part("sequences").parts().forEach((name, part) -> sequences.add(sequence(name, part)));
    root.onlyKeys("catalog", "version", "tables", "sequences");
    return new Catalog(root.part("catalog").text(), root.part("version").text(), tables, sequences);
  }

  private static Table table(String name, YamlPart part) {
    part.onlyKeys("columns", "primary key", "unique keys", "foreign keys", "checks");
    List<Column> columns = new ArrayList<>();
    part.part("columns").parts().forEach((key, value) -> columns.add(ColumnText.parse(key, value)));
    List<Key> primaryKeys = new ArrayList<>();
    part.optional("primary key")
        .parts()
        .forEach((key, value) -> primaryKeys.add(new Key(key, value.texts(), null)));
    if (primaryKeys.size() > 1) {
      throw part.part("primary key").wrong("a table has one primary key at most");
    }
    List<Key> uniqueKeys = new ArrayList<>();
    part.optional("unique keys").parts().forEach((key, value) -> uniqueKeys.add(key(key, value)));
    List<ForeignKey> foreignKeys = new ArrayList<>();
    part.optional("foreign keys")
        .parts()
        .forEach((key, value) -> foreignKeys.add(foreignKey(key, value)));
    return new Table(
        name,
        columns,
        primaryKeys.isEmpty() ? null : primaryKeys.get(0),
        uniqueKeys,
        foreignKeys,
        part.optional("checks").isMissing() ? List.of() : part.part("checks").texts());
  }

  private static Key key(String name, YamlPart part) {
    if (part.isList()) {
      return new Key(name, part.texts(), null);
    }
    part.onlyKeys("columns", "where");
    return new Key(name, part.part("columns").texts(), part.part("where").text());
  }

  private static ForeignKey foreignKey(String name, YamlPart part) {
    part.onlyKeys("columns", "table", "target", "deferrable");
    List<String> columns = part.part("columns").texts();
    List<String> target = part.part("target").texts();
    if (columns.size() != target.size()) {
      throw part.wrong("columns and target must have the same number of columns");
    }
    return new ForeignKey(
        name, columns, part.part("table").text(), target, part.optional("deferrable").flag());
  }

  private static Sequence sequence(String name, YamlPart part) {
    part.onlyKeys("type", "start", "increment", "minimum", "maximum", "owner");
    YamlPart typePart = part.optional("type");
    ColumnType type = ColumnType.of(typePart.isMissing() ? "int8" : typePart.text());
    long greatest;
    try {
      greatest = Sequence.greatest(type);
    } catch (IllegalArgumentException e) {
      throw typePart.wrong(e.getMessage());
    }
    YamlPart ownerPart = part.optional("owner");
    List<String> owner = ownerPart.isMissing() ? List.of() : ownerPart.texts();
    if (!owner.isEmpty() && owner.size() != 2) {
      throw ownerPart.wrong("expected a table and a column");
    }
    return new Sequence(
        name,
        type,
        part.optional("start").integer(1),
        part.optional("increment").integer(1),
        part.optional("minimum").integer(1),
        part.optional("maximum").integer(greatest),
        owner.isEmpty() ? null : new Owner(owner.get(0), owner.get(1)));
  }
}
