package d2s.engine.catalog;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.ForeignKey;
import d2s.engine.schema.Key;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One thing that is not the same in two catalogs.
 *
 * <p>Names of keys and foreign keys are not compared, only what they say: a renamed index changes
 * nothing for a row.
 *
 * @param kind what differs
 * @param table the table, or the name of a sequence
 * @param column the column; null when the difference is not about a single one
 * @param before as it is in the first catalog; null when it is only in the second
 * @param after as it is in the second catalog; null when it is only in the first
 */
public record CatalogDifference(
    Kind kind, String table, String column, String before, String after) {

  /** What differs, in the order in which differences of one table are listed. */
  public enum Kind {
    TABLE("table"),
    COLUMN("column"),
    TYPE("type"),
    NULLABILITY("nullability"),
    DEFAULT("default"),
    PRIMARY_KEY("primary key"),
    UNIQUE_KEY("unique key"),
    FOREIGN_KEY("foreign key"),
    CHECK("check"),
    SEQUENCE("sequence");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  public CatalogDifference {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(table);
  }

  /** The differences from one catalog to another, ordered by table; sequences last. */
  public static List<CatalogDifference> between(Catalog before, Catalog after) {
    List<CatalogDifference> differences = new ArrayList<>();
    pairs(
        named(before.tables(), Table::name),
        named(after.tables(), Table::name),
        (one, other) -> tables(one, other, differences));
    pairs(
        named(before.sequences(), Sequence::name),
        named(after.sequences(), Sequence::name),
        (one, other) ->
            compare(
                Kind.SEQUENCE,
                (one == null ? other : one).name(),
                null,
                one == null ? null : CatalogYamlWriter.describe(one),
                other == null ? null : CatalogYamlWriter.describe(other),
                differences));
    return List.copyOf(differences);
  }

  private static void tables(Table before, Table after, List<CatalogDifference> differences) {
    if (before == null || after == null) {
      String name = (before == null ? after : before).name();
      compare(Kind.TABLE, name, null, columnList(before), columnList(after), differences);
      return;
    }
    String name = before.name();
    List<CatalogDifference> found = new ArrayList<>();
    pairs(
        named(before.columns(), Column::name),
        named(after.columns(), Column::name),
        (one, other) -> columns(name, one, other, found));
    compare(
        Kind.PRIMARY_KEY,
        name,
        null,
        before.primaryKey() == null ? null : describe(before.primaryKey()),
        after.primaryKey() == null ? null : describe(after.primaryKey()),
        found);
    pairs(
        named(before.uniqueKeys(), CatalogDifference::describe),
        named(after.uniqueKeys(), CatalogDifference::describe),
        (one, other) ->
            compare(
                Kind.UNIQUE_KEY,
                name,
                null,
                one == null ? null : describe(one),
                other == null ? null : describe(other),
                found));
    pairs(
        named(before.foreignKeys(), CatalogDifference::describe),
        named(after.foreignKeys(), CatalogDifference::describe),
        (one, other) ->
            compare(
                Kind.FOREIGN_KEY,
                name,
                null,
                one == null ? null : describe(one),
                other == null ? null : describe(other),
                found));
    pairs(
        named(before.checks(), Function.identity()),
        named(after.checks(), Function.identity()),
        (one, other) -> compare(Kind.CHECK, name, null, one, other, found));
    found.sort(Comparator.comparing(CatalogDifference::kind)); // stable: columns stay in order
    differences.addAll(found);
  }

  private static void columns(
      String table, Column before, Column after, List<CatalogDifference> differences) {
    if (before == null || after == null) {
      compare(
          Kind.COLUMN,
          table,
          (before == null ? after : before).name(),
          before == null ? null : ColumnText.of(before),
          after == null ? null : ColumnText.of(after),
          differences);
      return;
    }
    String name = before.name();
    compare(Kind.TYPE, table, name, before.type().sql(), after.type().sql(), differences);
    compare(Kind.NULLABILITY, table, name, nullability(before), nullability(after), differences);
    compare(
        Kind.DEFAULT,
        table,
        name,
        ColumnText.defaultOf(before),
        ColumnText.defaultOf(after),
        differences);
  }

  private static void compare(
      Kind kind,
      String table,
      String column,
      String before,
      String after,
      List<CatalogDifference> differences) {
    if (!Objects.equals(before, after)) {
      differences.add(new CatalogDifference(kind, table, column, before, after));
    }
  }

  private static <T> Map<String, T> named(List<T> things, Function<T, String> nameOf) {
    return things.stream()
        .collect(
            Collectors.toMap(nameOf, Function.identity(), (one, same) -> one, LinkedHashMap::new));
  }

  private static <T> void pairs(
      Map<String, T> before, Map<String, T> after, BiConsumer<T, T> compare) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.forEach(name -> compare.accept(before.get(name), after.get(name)));
  }

  private static String columnList(Table table) {
    return table == null ? null : "(" + String.join(", ", table.columnNames()) + ")";
  }

  private static String nullability(Column column) {
    return column.nullable() ? "null" : "not null";
  }

  private static String describe(Key key) {
    return "("
        + String.join(", ", key.columns())
        + ")"
        + (key.condition() == null ? "" : " where " + key.condition());
  }

  private static String describe(ForeignKey key) {
    return "(%s) to %s (%s)%s"
        .formatted(
            String.join(", ", key.columns()),
            key.targetTable(),
            String.join(", ", key.targetColumns()),
            key.deferrable() ? " deferrable" : "");
  }

  /** One line for people, e.g. {@code users.admin: type int2 is now int4}. */
  @Override
  public String toString() {
    String where = column == null ? table : table + "." + column;
    if (before == null) {
      return where + ": new " + kind.words + " " + after;
    }
    if (after == null) {
      return where + ": no " + kind.words + " any more, was " + before;
    }
    return where + ": " + kind.words + " " + before + " is now " + after;
  }
}
