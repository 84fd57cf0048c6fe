package d2s.engine.docs;

import d2s.engine.docs.QueryLineage.Output;
import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.Let;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Update;
import d2s.engine.mapping.VersionRange;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Follows the names in the expressions of one mapping to the columns that they come from. */
final class MappingTracer {

  private final Map<Side, QueryLineage> queries;
  private final ExpressionCompiler compiler;
  private final Mapping mapping;
  private final FileComments comments;

  /** What the names of the mapping are made of; hidden by lets of the same name. */
  private final Map<String, SortedSet<TableColumn>> known = new HashMap<>();

  private final Map<String, SortedSet<TableColumn>> lets = new LinkedHashMap<>();

  MappingTracer(
      Map<Side, QueryLineage> queries,
      ExpressionCompiler compiler,
      FileComments comments,
      Mapping mapping) {
    this.queries = queries;
    this.compiler = compiler;
    this.comments = comments;
    this.mapping = mapping;
    if (mapping.hook() == null) {
      mapping.from().forEach(relation -> columns(relation).forEach(this::learn));
    }
    mapping.lookups().forEach(lookup -> known.put(lookup.name().value(), lookup(lookup)));
    for (Let let : mapping.lets()) {
      SortedSet<TableColumn> from = from(let.value(), known);
      known.put(let.name().value(), from);
      lets.put(let.name().value(), from);
    }
  }

  private void learn(Output output) {
    known.putIfAbsent(output.name(), output.from());
  }

  private List<Output> columns(Relation relation) {
    QueryLineage query = queries.get(relation.side());
    return relation.table() != null
        ? query.relation(relation.table().value())
        : query.outputs(relation.sql().value()).orElseGet(() -> guessed(relation));
  }

  /** Without the query, a name is any column of this name in a table that the query mentions. */
  private List<Output> guessed(Relation relation) {
    QueryLineage query = queries.get(relation.side());
    String sql = relation.sql().value();
    return query.tables(sql).stream()
        .flatMap(table -> table.columnNames().stream())
        .distinct()
        .map(name -> new Output(name, query.column(sql, name)))
        .toList();
  }

  private SortedSet<TableColumn> lookup(Lookup lookup) {
    SortedSet<TableColumn> from = new TreeSet<>();
    lookup
        .read()
        .ifPresent(
            relation -> {
              List<Output> outputs = columns(relation);
              List<Text> asked = lookup.value() == null ? lookup.keys() : List.of(lookup.value());
              asked.forEach(name -> from.addAll(QueryLineage.find(outputs, name.value())));
            });
    return from;
  }

  private SortedSet<TableColumn> from(Value value, Map<String, SortedSet<TableColumn>> names) {
    SortedSet<TableColumn> from = new TreeSet<>();
    compiler.names(value).forEach(name -> from.addAll(names.getOrDefault(name, new TreeSet<>())));
    return from;
  }

  Map<String, SortedSet<TableColumn>> lets() {
    return lets;
  }

  /** The columns that a hook gets. */
  SortedSet<TableColumn> hook() {
    SortedSet<TableColumn> from = new TreeSet<>();
    if (mapping.hook() != null) {
      mapping
          .from()
          .forEach(relation -> columns(relation).forEach(output -> from.addAll(output.from())));
    }
    return from;
  }

  SortedSet<TableColumn> files() {
    SortedSet<TableColumn> from = new TreeSet<>();
    for (FileBlock block : mapping.files()) {
      Stream.of(block.when(), block.from(), block.to(), block.size(), block.sha256())
          .filter(Objects::nonNull)
          .forEach(value -> from.addAll(from(value, known)));
    }
    return from;
  }

  List<Filling> fillings() {
    List<Filling> fillings = new ArrayList<>();
    for (Block block : mapping.to()) {
      Map<String, SortedSet<TableColumn>> names = new HashMap<>(known);
      if (block.forEach() != null) {
        names.put(block.forEach().variable(), from(block.forEach().list(), known));
      }
      for (Block.Column column : block.columns()) {
        fillings.add(
            new Filling(
                mapping,
                target(block.table(), column.name()),
                column.name(),
                text(column.value()),
                column.sql() == null ? null : column.sql().value().strip(),
                versions(mapping.versions(), block.versions(), column.versions()),
                comments.of(column.name().at()),
                from(column.value(), names),
                block.rows() == null ? null : block.rows().value()));
      }
    }
    for (Derivation one : mapping.derive()) {
      fillings.addAll(inTarget(one.table(), one.from().value(), one.columns(), one.versions()));
    }
    for (Update one : mapping.updates()) {
      String from = one.table().value() + (one.where() == null ? "" : "\nwhere " + one.where());
      fillings.addAll(inTarget(one.table(), from, one.columns(), one.versions()));
    }
    return fillings;
  }

  private List<Filling> inTarget(
      Text table, String from, List<Derivation.Column> columns, VersionRange versions) {
    List<Filling> fillings = new ArrayList<>();
    for (Derivation.Column column : columns) {
      // The line break ends a comment that the SQL may end with.
      String sql = "select (" + column.sql() + "\n) as value\nfrom " + from;
      fillings.add(
          new Filling(
              mapping,
              target(table, column.name()),
              column.name(),
              column.sql().value().strip(),
              null,
              versions(mapping.versions(), versions, column.versions()),
              comments.of(column.name().at()),
              queries.get(Side.TARGET).column(sql, "value"),
              null));
    }
    return fillings;
  }

  private static TableColumn target(Text table, Text column) {
    return new TableColumn(Side.TARGET, table.value(), column.value());
  }

  /** A value as it stands in the file. */
  private static String text(Value value) {
    return value instanceof Value.Expression expression
        ? expression.text()
        : String.valueOf(((Value.Constant) value).constant());
  }

  private static String versions(VersionRange... ranges) {
    return Stream.of(ranges)
        .flatMap(range -> range.comparisons().stream())
        .map(comparison -> comparison.operator() + comparison.version())
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
