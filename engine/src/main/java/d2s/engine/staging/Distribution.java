package d2s.engine.staging;

import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.Layouts.Component;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Column.Generation;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.ColumnType.Kind;
import d2s.engine.schema.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which table comes from which origin, and what is wrong with that.
 *
 * @param tables the tables to be copied, as they are to be in one database, each with its origins:
 *     several for bookkeeping, otherwise one
 * @param empty tables that get no rows, because none is read
 * @param components for each origin, in the order given, the components that come from it
 * @param unused tables with rows that are not copied, because nothing of their component is read
 * @param problems why this is not a whole source, each with what to do; empty if it is one
 */
public record Distribution(
    Map<Table, List<Origin>> tables,
    List<Table> empty,
    Map<Origin, Set<String>> components,
    List<String> unused,
    List<String> problems) {

  /**
   * An origin and what it is for.
   *
   * @param components the names of the components that are kept there; null if it is for whatever
   *     it has
   */
  public record Place(Origin origin, Set<String> components) {}

  /**
   * Looks at the tables of all origins.
   *
   * @param catalog how they are to be in one database
   */
  public static Distribution of(Layouts layouts, Catalog catalog, List<Place> places)
      throws SQLException {
    return new Finder(layouts, catalog, places).find();
  }

  private static final class Finder {

    private static final ColumnType TEXT = ColumnType.of("text");

    /** A number, a truth value or a text, as PostgreSQL writes it, with or without its type. */
    private static final Pattern CONSTANT =
        Pattern.compile("(-?[0-9.]+|true|false|'(?:[^']|'')*')(?:::[\\w .\"\\[\\](),]+)?");

    private final Layouts layouts;
    private final Catalog catalog;
    private final List<Place> places;
    private final Map<Origin, Map<String, Table>> found = new LinkedHashMap<>();

    private final Map<Table, List<Origin>> tables = new LinkedHashMap<>();
    private final List<Table> empty = new ArrayList<>();
    private final Map<Origin, Set<String>> components = new LinkedHashMap<>();
    private final Set<String> unused = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private final Map<String, Set<String>> missing = new TreeMap<>();
    private final Map<String, Set<String>> present = new TreeMap<>();
    private final Map<String, Set<String>> incomplete = new TreeMap<>();

    Finder(Layouts layouts, Catalog catalog, List<Place> places) throws SQLException {
      this.layouts = layouts;
      this.catalog = catalog;
      this.places = places;
      for (Place place : places) {
        Map<String, Table> here = new TreeMap<>();
        for (Table table : place.origin().tables()) {
          here.put(table.name(), table);
        }
        found.put(place.origin(), here);
        components.put(place.origin(), new TreeSet<>());
      }
    }

    Distribution find() throws SQLException {
      Set<String> names = new LinkedHashSet<>(catalog.tableNames());
      found.values().forEach(here -> names.addAll(here.keySet()));
      for (String name : names) {
        if (layouts.isBookkeeping(name)) {
          bookkeeping(name);
        } else if (!ignored(name)) {
          distribute(name);
        }
      }
      explainMissing();
      return new Distribution(
          tables, List.copyOf(empty), components, List.copyOf(unused), List.copyOf(problems));
    }

    /** Tables that only files have: they are no part of the schema. */
    private boolean ignored(String name) {
      return layouts.files().ignores(name)
          && found.entrySet().stream()
              .allMatch(
                  entry ->
                      !entry.getValue().containsKey(name)
                          || entry.getKey() instanceof SqliteOrigin);
    }

    private void bookkeeping(String name) {
      List<Origin> origins =
          places.stream()
              .map(Place::origin)
              .filter(origin -> found.get(origin).containsKey(name))
              .toList();
      if (catalog.table(name).isPresent() && !origins.isEmpty()) {
        Table wanted = catalog.table(name).get();
        // A fork may have other columns beside the key, and not in every database.
        Map<String, Column> columns = new LinkedHashMap<>();
        for (Origin origin : origins) {
          for (Column column : portable(found.get(origin).get(name))) {
            boolean everywhere =
                origins.stream()
                    .allMatch(one -> found.get(one).get(name).column(column.name()).isPresent());
            columns.putIfAbsent(
                column.name(),
                wanted.column(column.name()).filter(known -> everywhere).orElse(column));
          }
        }
        tables.put(
            new Table(
                name, List.copyOf(columns.values()), wanted.primaryKey(), List.of(), List.of()),
            origins);
      }
    }

    private void distribute(String name) throws SQLException {
      Component owner = layouts.owner(name).orElse(null);
      List<Origin> candidates = new ArrayList<>();
      for (Place place : places) {
        boolean meant =
            place.components() == null
                || owner == null
                || place.components().contains(owner.name().value());
        if (meant && found.get(place.origin()).containsKey(name)) {
          candidates.add(place.origin());
        }
      }
      if (candidates.size() > 1) {
        candidates = withRows(name, candidates);
      }
      if (candidates.size() > 1) {
        problems.add(
            "There are rows of the table "
                + name
                + " in "
                + candidates.stream().map(Origin::name).collect(Collectors.joining(" and in "))
                + ". Only one of them can be right. Name the ones that are in use, no others.");
        return;
      }
      Origin origin = candidates.isEmpty() ? null : candidates.get(0);
      if (origin != null && owner != null) {
        components.get(origin).add(owner.name().value());
      }
      Table wanted = catalog.table(name).orElse(null);
      if (owner != null && !owner.needed()) {
        unneeded(name, wanted, origin);
      } else if (wanted == null) {
        unknown(name, origin);
      } else if (origin != null) {
        present(wanted, owner, origin);
      } else if (!layouts.isOptional(name)) {
        missing.computeIfAbsent(nameOf(owner), any -> new TreeSet<>()).add(name);
      }
    }

    private List<Origin> withRows(String name, List<Origin> candidates) throws SQLException {
      List<Origin> filled = new ArrayList<>();
      for (Origin origin : candidates) {
        if (origin.hasRows(name)) {
          filled.add(origin);
        }
      }
      return filled.isEmpty() ? candidates.subList(0, 1) : filled;
    }

    private void unneeded(String name, Table wanted, Origin origin) throws SQLException {
      if (wanted != null) {
        empty.add(wanted);
      }
      if (origin != null && origin.hasRows(name)) {
        unused.add(name);
      }
    }

    /** A table that the catalog does not know comes along as it is. */
    private void unknown(String name, Origin origin) {
      if (origin != null && isPart(origin)) {
        Table table = found.get(origin).get(name);
        tables.put(new Table(name, portable(table), null, List.of(), List.of()), List.of(origin));
      }
    }

    /**
     * Whether there is anything in an origin that is known; another product's file may lie near.
     */
    private boolean isPart(Origin origin) {
      return found.get(origin).keySet().stream()
          .anyMatch(name -> layouts.owner(name).isPresent() || catalog.table(name).isPresent());
    }

    private void present(Table wanted, Component owner, Origin origin) {
      Table here = found.get(origin).get(wanted.name());
      Set<String> lacking = new TreeSet<>(wanted.columnNames());
      here.columnNames().forEach(lacking::remove);
      present.computeIfAbsent(nameOf(owner), any -> new TreeSet<>()).add(wanted.name());
      if (layouts.isUnread(wanted.name())) {
        empty.add(wanted);
        return;
      }
      if (!lacking.isEmpty()) {
        incomplete.put(wanted.name(), lacking);
        return;
      }
      // Columns that the catalog does not know come along as they are.
      List<Column> columns = new ArrayList<>(wanted.columns());
      portable(here).stream()
          .filter(column -> wanted.column(column.name()).isEmpty())
          .forEach(columns::add);
      tables.put(
          new Table(
              wanted.name(),
              columns,
              wanted.primaryKey(),
              wanted.uniqueKeys(),
              wanted.foreignKeys()),
          List.of(origin));
    }

    /**
     * Columns as a copy can have them. A constant default stays, so that a value that nobody wrote
     * can be told from others; a type that only its own database knows becomes a text.
     */
    private static List<Column> portable(Table table) {
      return table.columns().stream()
          .map(
              column ->
                  new Column(
                      column.name(),
                      column.type().kind() == Kind.OTHER ? TEXT : column.type(),
                      true,
                      constant(column),
                      Generation.NONE))
          .toList();
    }

    private static String constant(Column column) {
      Matcher literal =
          CONSTANT.matcher(column.defaultExpression() == null ? "" : column.defaultExpression());
      if (column.generation() != Generation.NONE || !literal.matches()) {
        return null;
      }
      String value = literal.group(1);
      return value.startsWith("'") ? value : "'" + value + "'";
    }

    private String nameOf(Component owner) {
      return owner == null ? layouts.name().value() : owner.name().value();
    }

    private void explainMissing() {
      Set<String> former = new TreeSet<>();
      found
          .values()
          .forEach(here -> here.keySet().stream().filter(layouts::isFormer).forEach(former::add));
      if (!former.isEmpty() && !missing.isEmpty()) {
        problems.add(
            "This is an old layout: it has "
                + some(former)
                + " and lacks "
                + some(all(missing))
                + ". "
                + layouts.oldLayout());
        return;
      }
      String where =
          places.stream().map(place -> place.origin().name()).collect(Collectors.joining(", "));
      List<String> whole = new ArrayList<>();
      missing.forEach(
          (component, names) -> {
            if (!present.containsKey(component)) {
              whole.add(component);
            } else {
              problems.add(
                  "The component "
                      + component
                      + " is not complete: there is no table "
                      + some(names)
                      + " in "
                      + where
                      + ". If this is a restored backup, restore all of it. Otherwise the layout is"
                      + " old: "
                      + layouts.oldLayout());
            }
          });
      if (!whole.isEmpty()) {
        problems.add(
            0,
            "Not everything is there: "
                + where
                + " holds no table of "
                + String.join(", ", whole)
                + ". Either this is only one of several databases, and the others have to be named"
                + " too, or only part of a backup was restored.");
      }
      incomplete.forEach(
          (table, columns) ->
              problems.add(
                  "This is an old layout: the table "
                      + table
                      + " has no column "
                      + some(columns)
                      + ". "
                      + layouts.oldLayout()));
    }

    private static Set<String> all(Map<String, Set<String>> names) {
      Set<String> all = new TreeSet<>();
      names.values().forEach(all::addAll);
      return all;
    }

    private static String some(Set<String> names) {
      int shown = 4;
      String list = names.stream().limit(shown).collect(Collectors.joining(", "));
      return names.size() > shown ? list + " and " + (names.size() - shown) + " more" : list;
    }
  }
}
