package d2s.engine.docs;

import d2s.engine.mapping.Side;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The schemas of one product from old to new, and which of them have what. */
public final class SchemaHistory {

  private final Side side;
  private final List<Catalog> catalogs;
  private final Catalog all;

  /**
   * @param catalogs from old to new, at least one
   */
  public SchemaHistory(Side side, List<Catalog> catalogs) {
    this.side = side;
    this.catalogs = List.copyOf(catalogs);
    this.all = merged(this.catalogs);
  }

  /**
   * Every table that any of them has, as the newest has it, with the columns that it had before.
   */
  private static Catalog merged(List<Catalog> catalogs) {
    Map<String, Table> tables = new LinkedHashMap<>();
    Map<String, Sequence> sequences = new LinkedHashMap<>();
    for (Catalog catalog : catalogs) {
      catalog.sequences().forEach(sequence -> sequences.put(sequence.name(), sequence));
      for (Table table : catalog.tables()) {
        Table before = tables.get(table.name());
        List<Column> columns = new ArrayList<>(table.columns());
        if (before != null) {
          before.columns().stream()
              .filter(column -> table.column(column.name()).isEmpty())
              .forEach(columns::add);
        }
        tables.put(
            table.name(),
            new Table(
                table.name(),
                columns,
                table.primaryKey(),
                table.uniqueKeys(),
                table.foreignKeys(),
                table.checks()));
      }
    }
    Catalog newest = catalogs.get(catalogs.size() - 1);
    return new Catalog(
        newest.name(),
        newest.version(),
        List.copyOf(tables.values()),
        List.copyOf(sequences.values()));
  }

  public Side side() {
    return side;
  }

  /** All that any of the schemas has, as one. */
  public Catalog all() {
    return all;
  }

  public List<Table> tables() {
    return all.tables();
  }

  public Optional<Table> table(String name) {
    return all.table(name);
  }

  /** The names of the schemas, from old to new. */
  public List<String> versions() {
    return catalogs.stream().map(Catalog::name).toList();
  }

  /** Which schemas have a table, for people; empty if all have it. */
  public String range(String table) {
    return range(catalog -> catalog.table(table).isPresent());
  }

  /** Which schemas have a column, for people; empty if all that have the table have it. */
  public String range(String table, String column) {
    List<Catalog> having =
        catalogs.stream().filter(catalog -> catalog.table(table).isPresent()).toList();
    return range(having, catalog -> catalog.table(table).orElseThrow().column(column).isPresent());
  }

  private String range(Predicate<Catalog> has) {
    return range(catalogs, has);
  }

  private static String range(List<Catalog> among, Predicate<Catalog> has) {
    List<String> names = among.stream().filter(has).map(Catalog::name).toList();
    if (names.size() == among.size()) {
      return "";
    }
    boolean fromFirst = has.test(among.get(0));
    boolean toLast = has.test(among.get(among.size() - 1));
    if (toLast && !fromFirst) {
      return "since " + names.get(0);
    } else if (fromFirst && !toLast) {
      return "until " + names.get(names.size() - 1);
    }
    return "in " + String.join(", ", names);
  }
}
