package d2s.engine.docs;

import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.function.FunctionTable;
import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Skip;
import d2s.engine.mapping.Update;
import d2s.engine.mapping.View;
import d2s.engine.query.ColumnUsage;
import d2s.engine.query.Queries;
import d2s.engine.query.Views;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Value;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where every column of the source goes, and where every column of the target comes from: all that
 * mapping files and catalogs say about it, without a database.
 */
public final class Lineage {

  private final MappingSet set;
  private final Map<Side, SchemaHistory> schemas = new EnumMap<>(Side.class);
  private final Map<Side, QueryLineage> queries = new EnumMap<>(Side.class);
  private final FileComments comments = new FileComments();
  private final ExpressionCompiler compiler = new ExpressionCompiler(FunctionTable.load());
  private final List<MappingLineage> mappings = new ArrayList<>();
  private final Map<TableColumn, List<Filling>> into = new HashMap<>();
  private final Map<TableColumn, List<Filling>> outOf = new HashMap<>();
  private final Map<String, SortedSet<TableColumn>> facts = new HashMap<>();

  public Lineage(MappingSet set, SchemaHistory source, SchemaHistory target) {
    this.set = set;
    schemas.put(Side.SOURCE, source);
    schemas.put(Side.TARGET, target);
    schemas.forEach(
        (side, schema) -> queries.put(side, new QueryLineage(side, schema.all(), set.views())));
    for (Mapping mapping : set.mappings()) {
      MappingLineage one = trace(mapping);
      mappings.add(one);
      for (Filling filling : one.fillings()) {
        into.computeIfAbsent(filling.to(), column -> new ArrayList<>()).add(filling);
        filling
            .from()
            .forEach(from -> outOf.computeIfAbsent(from, any -> new ArrayList<>()).add(filling));
      }
    }
    for (Fact fact : set.facts()) {
      if (fact.sql() != null) {
        facts.put(fact.name().value(), used(fact.side(), List.of(fact.sql().value())));
      }
    }
  }

  private MappingLineage trace(Mapping mapping) {
    MappingTracer tracer = new MappingTracer(queries, compiler, comments, mapping);
    Map<Side, List<String>> sql = sql(mapping);
    SortedSet<TableColumn> reads = new TreeSet<>();
    Map<Side, SortedSet<String>> tables = new EnumMap<>(Side.class);
    List<View> views = new ArrayList<>();
    SortedSet<String> factNames = expressionNames(mapping);
    for (Side side : Side.values()) {
      reads.addAll(used(side, sql.get(side)));
      views.addAll(Views.usedBy(sql.get(side), side, set.views()));
      SortedSet<String> names = new TreeSet<>();
      sql.get(side)
          .forEach(
              text -> queries.get(side).tables(text).forEach(table -> names.add(table.name())));
      tables.put(side, names);
      sql.get(side).forEach(text -> factNames.addAll(parameters(text, side)));
    }
    for (Relation relation : relations(mapping)) {
      if (relation.table() != null) {
        reads.addAll(ofTable(relation, mapping));
      }
    }
    return new MappingLineage(
        mapping,
        tracer.fillings(),
        tracer.lets(),
        tracer.hook(),
        tracer.files(),
        reads,
        tables,
        set.facts().stream().filter(fact -> factNames.contains(fact.name().value())).toList(),
        views);
  }

  private Set<String> parameters(String sql, Side side) {
    return new Queries(set.views(), List.of(), Map.of()).parameters(sql, side);
  }

  private static List<Relation> relations(Mapping mapping) {
    List<Relation> relations = new ArrayList<>(mapping.from());
    mapping.lookups().forEach(lookup -> lookup.read().ifPresent(relations::add));
    return relations;
  }

  /** The SQL of a mapping by the side that it runs on; that of tables names no columns. */
  private static Map<Side, List<String>> sql(Mapping mapping) {
    Map<Side, List<String>> sql = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      sql.put(side, new ArrayList<>());
    }
    for (Relation relation : relations(mapping)) {
      sql.get(relation.side())
          .add(
              relation.table() == null
                  ? relation.sql().value()
                  : "select 1 from "
                      + relation.table()
                      + (relation.where() == null ? "" : " where " + relation.where()));
    }
    List<String> target = sql.get(Side.TARGET);
    for (Derivation one : mapping.derive()) {
      target.add(one.from().value());
      one.columns().forEach(column -> target.add(column.sql().value()));
    }
    for (Update one : mapping.updates()) {
      one.columns().forEach(column -> target.add(column.sql().value()));
      if (one.where() != null) {
        target.add("select 1 from " + one.table() + " where " + one.where());
      }
    }
    mapping.sequences().forEach(sequence -> target.add(sequence.sql().value()));
    return sql;
  }

  /** Every name in the expressions of a mapping. */
  private SortedSet<String> expressionNames(Mapping mapping) {
    List<Value> values = new ArrayList<>();
    mapping.lets().forEach(let -> values.add(let.value()));
    for (Skip skip : mapping.skips()) {
      values.add(skip.when());
      values.add(skip.item());
    }
    for (Block block : mapping.to()) {
      values.add(block.when());
      values.add(block.forEach() == null ? null : block.forEach().list());
      block.columns().forEach(column -> values.add(column.value()));
    }
    for (FileBlock block : mapping.files()) {
      values.add(block.when());
      values.add(block.from());
      values.add(block.to());
      values.add(block.size());
      values.add(block.sha256());
    }
    SortedSet<String> names = new TreeSet<>();
    values.forEach(value -> names.addAll(compiler.names(value)));
    return names;
  }

  /** The columns of a table that the expressions of a mapping name. */
  private SortedSet<TableColumn> ofTable(Relation relation, Mapping mapping) {
    SortedSet<String> names = expressionNames(mapping);
    mapping.label().forEach(label -> names.add(label.value()));
    mapping.skips().forEach(skip -> skip.repeats().forEach(name -> names.add(name.value())));
    for (Lookup lookup : mapping.lookups()) {
      if (lookup.relation() == relation) {
        names.clear();
        lookup.keys().forEach(key -> names.add(key.value()));
        if (lookup.value() != null) {
          names.add(lookup.value().value());
        }
      }
    }
    String table = relation.table().value();
    SortedSet<TableColumn> found = new TreeSet<>();
    schemas
        .get(Side.SOURCE)
        .table(table)
        .map(Table::columnNames)
        .orElse(List.of())
        .forEach(
            column -> {
              if (names.contains(column)) {
                found.add(new TableColumn(Side.SOURCE, table, column));
              }
            });
    return found;
  }

  /** The columns that SQL mentions, also by way of views. */
  private SortedSet<TableColumn> used(Side side, List<String> sql) {
    Catalog catalog = schemas.get(side).all();
    ColumnUsage usage = new ColumnUsage(catalog);
    Views.withUsed(sql, side, set.views()).forEach(usage::addSql);
    SortedSet<TableColumn> found = new TreeSet<>();
    for (Table table : catalog.tables()) {
      for (String column : table.columnNames()) {
        if (usage.has(table.name(), column)) {
          found.add(new TableColumn(side, table.name(), column));
        }
      }
    }
    return found;
  }

  public MappingSet set() {
    return set;
  }

  public SchemaHistory schema(Side side) {
    return schemas.get(side);
  }

  /** All mappings in the order of their phases, within a phase in that of their files. */
  public List<MappingLineage> mappings() {
    return mappings;
  }

  public Optional<MappingLineage> mapping(String name) {
    return mappings.stream().filter(one -> one.name().equals(name)).findAny();
  }

  /** What a hook says of itself; empty if there is none of this name. */
  public Optional<HookDescription> hook(String name) {
    return HookDescription.of(name);
  }

  /** The tables that SQL mentions, also by way of views. */
  public List<String> tables(Side side, String sql) {
    return queries.get(side).tables(sql).stream().map(Table::name).toList();
  }

  /** How a column of the target gets its value. */
  public List<Filling> into(TableColumn column) {
    return into.getOrDefault(column, List.of());
  }

  /** What is made of the values of a column. */
  public List<Filling> outOf(TableColumn column) {
    return outOf.getOrDefault(column, List.of());
  }

  /** The mappings that give a column to a hook. */
  public List<MappingLineage> hooks(TableColumn column) {
    return mappings.stream().filter(one -> one.hook().contains(column)).toList();
  }

  /** The mappings that read a column only to decide something. */
  public List<MappingLineage> deciders(TableColumn column) {
    return mappings.stream()
        .filter(one -> one.reads().contains(column) || one.files().contains(column))
        .filter(one -> !one.hook().contains(column))
        .filter(one -> outOf(column).stream().noneMatch(to -> to.mapping() == one.mapping()))
        .toList();
  }

  /** The facts that are made of a column. */
  public List<Fact> facts(TableColumn column) {
    return set.facts().stream()
        .filter(fact -> facts.getOrDefault(fact.name().value(), new TreeSet<>()).contains(column))
        .toList();
  }

  /** The mappings that read a table, or write to it. */
  public List<MappingLineage> of(Side side, String table) {
    return mappings.stream()
        .filter(
            one ->
                one.tables().get(side).contains(table)
                    || side == Side.TARGET && one.fills().contains(table))
        .toList();
  }

  /**
   * Why a table or column is not carried, or starts as it is.
   *
   * @param column null for the whole table
   */
  public List<LedgerEntry> ledger(Side side, String table, String column) {
    return set.ledger().stream()
        .filter(entry -> entry.side() == side && names(entry, table))
        .filter(
            entry ->
                column == null
                    ? entry.column() == null
                    : entry.column() != null && entry.column().value().equals(column))
        .toList();
  }

  /** A star at the end of an entry stands for any rest. */
  private static boolean names(LedgerEntry entry, String table) {
    String name = entry.table().value();
    return name.endsWith("*")
        ? table.startsWith(name.substring(0, name.length() - 1))
        : name.equals(table);
  }

  /** What the file says beside a key; empty if nothing. */
  public String comment(Position at) {
    return comments.of(at);
  }
}
