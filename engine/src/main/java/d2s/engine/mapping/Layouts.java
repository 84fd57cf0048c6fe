package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a product spreads the tables of its one schema over several databases or files.
 *
 * @param components the parts of the product that may each have a database of their own
 * @param bookkeeping tables that every such database has for itself; their rows are put together
 * @param optional tables that older releases do not have
 * @param unread tables of which no row is read: they are there, but empty
 * @param former tables that only releases had that are too old
 * @param oldLayout what to do about a layout that is too old
 * @param indexes by table: what follows {@code create index on table}, for queries on the whole
 * @param files what is different in SQLite files
 */
public record Layouts(
    Text name,
    List<Component> components,
    List<Text> bookkeeping,
    List<Text> optional,
    List<Text> unread,
    List<Text> former,
    Text oldLayout,
    Map<String, List<Text>> indexes,
    FileLayout files) {

  /**
   * A part of the product with tables of its own.
   *
   * @param tables names; a star at the end stands for any rest
   * @param needed whether anything of it is read
   */
  public record Component(Text name, Text description, List<Text> tables, boolean needed) {

    /** Whether a table is one of this component. */
    public boolean owns(String table) {
      return tables.stream().anyMatch(pattern -> matches(pattern.value(), table));
    }

    @Override
    public String toString() {
      return name.value();
    }
  }

  /**
   * What is different in SQLite files. All SQL here is SQLite's.
   *
   * @param ignored tables that are not copied; a star at the end stands for any rest
   * @param withoutNul columns, as {@code table.column}, in whose texts U+FFFD takes the place of
   *     U+0000, which PostgreSQL does not take
   * @param columns by table and column: the expression over the columns of the file's table that
   *     gives the value; any other column is what has its name
   * @param sequences by sequence: the query that gives the last number that was given out; any
   *     other sequence goes on after the greatest number in the columns that it fills
   */
  public record FileLayout(
      List<Text> ignored,
      List<Text> withoutNul,
      Map<String, Map<String, Text>> columns,
      Map<String, Text> sequences) {

    /** Whether a table is not copied. */
    public boolean ignores(String table) {
      return ignored.stream().anyMatch(pattern -> matches(pattern.value(), table));
    }

    /** Whether U+FFFD takes the place of U+0000 in a column. */
    public boolean isWithoutNul(String table, String column) {
      return withoutNul.stream().anyMatch(name -> name.value().equals(table + "." + column));
    }

    /** The expression of a column; empty where its own name is one. */
    public Optional<Text> column(String table, String column) {
      return Optional.ofNullable(columns.getOrDefault(table, Map.of()).get(column));
    }
  }

  /** The component that a table belongs to. */
  public Optional<Component> owner(String table) {
    return components.stream().filter(component -> component.owns(table)).findFirst();
  }

  /** Whether every database has this table for itself. */
  public boolean isBookkeeping(String table) {
    return bookkeeping.stream().anyMatch(name -> name.value().equals(table));
  }

  /** Whether a table may be missing. */
  public boolean isOptional(String table) {
    return optional.stream().anyMatch(name -> name.value().equals(table));
  }

  /** Whether no row of a table is read. */
  public boolean isUnread(String table) {
    return unread.stream().anyMatch(name -> name.value().equals(table));
  }

  /** Whether only a layout that is too old has this table. */
  public boolean isFormer(String table) {
    return former.stream().anyMatch(pattern -> matches(pattern.value(), table));
  }

  private static boolean matches(String pattern, String table) {
    return pattern.endsWith("*")
        ? table.startsWith(pattern.substring(0, pattern.length() - 1))
        : table.equals(pattern);
  }
}
