package d2s.engine.catalog;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.ForeignKey;
import d2s.engine.schema.Key;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Writes the form that {@link CatalogYaml} describes. */
public final class CatalogYamlWriter {

  private CatalogYamlWriter() {}

  static void write(Catalog catalog, Writer out) throws IOException {
    Map<String, Node> tables = new LinkedHashMap<>();
    catalog.tables().forEach(table -> tables.put(table.name(), table(table)));
    Map<String, Node> sequences = new LinkedHashMap<>();
    catalog
        .sequences()
        .forEach(sequence -> sequences.put(sequence.name(), line(sequenceFields(sequence))));
    Map<String, Node> root = new LinkedHashMap<>();
    root.put("catalog", text(catalog.name()));
    root.put("version", text(catalog.version()));
    root.put("tables", block(tables));
    root.put("sequences", block(sequences));

    DumperOptions options = new DumperOptions();
    options.setWidth(Integer.MAX_VALUE);
    options.setSplitLines(false);
    LoaderOptions loading = new LoaderOptions();
    new Yaml(new SafeConstructor(loading), new Representer(options), options)
        .serialize(block(root), out);
    out.flush();
  }

  /** A sequence without its name, e.g. <code>{start: 2}</code>. */
  public static String describe(Sequence sequence) {
    return sequenceFields(sequence).entrySet().stream()
        .map(field -> field.getKey() + ": " + field.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static Node table(Table table) {
    Map<String, Node> columns = new LinkedHashMap<>();
    table.columns().forEach(column -> columns.put(column.name(), text(ColumnText.of(column))));
    Map<String, Node> fields = new LinkedHashMap<>();
    fields.put("columns", block(columns));
    if (table.primaryKey() != null) {
      fields.put(
          "primary key", line(Map.of(table.primaryKey().name(), table.primaryKey().columns())));
    }
    if (!table.uniqueKeys().isEmpty()) {
      Map<String, Node> keys = new LinkedHashMap<>();
      table.uniqueKeys().forEach(key -> keys.put(key.name(), key(key)));
      fields.put("unique keys", block(keys));
    }
    if (!table.foreignKeys().isEmpty()) {
      Map<String, Node> keys = new LinkedHashMap<>();
      table.foreignKeys().forEach(key -> keys.put(key.name(), foreignKey(key)));
      fields.put("foreign keys", block(keys));
    }
    if (!table.checks().isEmpty()) {
      fields.put("checks", flow(table.checks()));
    }
    return block(fields);
  }

  private static Node key(Key key) {
    if (key.condition() == null) {
      return flow(key.columns());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("columns", key.columns());
    fields.put("where", key.condition());
    return line(fields);
  }

  private static Node foreignKey(ForeignKey key) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("columns", key.columns());
    fields.put("table", key.targetTable());
    fields.put("target", key.targetColumns());
    if (key.deferrable()) {
      fields.put("deferrable", true);
    }
    return line(fields);
  }

  private static Map<String, Object> sequenceFields(Sequence sequence) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (sequence.type().kind() != ColumnType.Kind.INT8) {
      fields.put("type", sequence.type().sql());
    }
    if (sequence.start() != 1) {
      fields.put("start", sequence.start());
    }
    if (sequence.increment() != 1) {
      fields.put("increment", sequence.increment());
    }
    if (sequence.minimum() != 1) {
      fields.put("minimum", sequence.minimum());
    }
    if (sequence.maximum() != Sequence.greatest(sequence.type())) {
      fields.put("maximum", sequence.maximum());
    }
    if (sequence.owner() != null) {
      fields.put("owner", List.of(sequence.owner().table(), sequence.owner().column()));
    }
    return fields;
  }

  private static Node block(Map<String, Node> fields) {
    return mapping(fields, FlowStyle.BLOCK);
  }

  private static Node line(Map<String, ?> fields) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    fields.forEach((name, value) -> nodes.put(name, flow(value)));
    return mapping(nodes, FlowStyle.FLOW);
  }

  private static Node flow(Object value) {
    if (value instanceof List<?> list) {
      return new SequenceNode(
          Tag.SEQ, list.stream().map(CatalogYamlWriter::flow).toList(), FlowStyle.FLOW);
    }
    if (value instanceof String string) {
      return text(string);
    }
    Tag tag = value instanceof Boolean ? Tag.BOOL : Tag.INT;
    return new ScalarNode(tag, value.toString(), null, null, ScalarStyle.PLAIN);
  }

  private static Node mapping(Map<String, Node> fields, FlowStyle style) {
    // An empty block mapping would have no text at all.
    return new MappingNode(
        Tag.MAP,
        fields.entrySet().stream()
            .map(field -> new NodeTuple(text(field.getKey()), field.getValue()))
            .toList(),
        fields.isEmpty() ? FlowStyle.FLOW : style);
  }

  /** A text; the emitter puts quotes round it where it would be read as something else. */
  private static Node text(String value) {
    return new ScalarNode(Tag.STR, value, null, null, ScalarStyle.PLAIN);
  }
}
