package d2s.engine.schema;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table.
 *
 * @param columns in the order of the table
 * @param primaryKey null when it has none
 * @param uniqueKeys without the primary key, ordered by name
 * @param foreignKeys ordered by name
 * @param checks the conditions that every row must fulfil, as the database writes them, ordered by
 *     their text; without those that {@link Column#nullable} tells
 */
public record Table(
    String name,
    List<Column> columns,
    Key primaryKey,
    List<Key> uniqueKeys,
    List<ForeignKey> foreignKeys,
    List<String> checks) {

  /** A table that takes every row. */
  public Table(
      String name,
      List<Column> columns,
      Key primaryKey,
      List<Key> uniqueKeys,
      List<ForeignKey> foreignKeys) {
    this(name, columns, primaryKey, uniqueKeys, foreignKeys, List.of());
  }

  public Table {
    Objects.requireNonNull(name);
    columns = List.copyOf(columns);
    uniqueKeys = uniqueKeys.stream().sorted(Comparator.comparing(Key::name)).toList();
    foreignKeys = foreignKeys.stream().sorted(Comparator.comparing(ForeignKey::name)).toList();
    checks = checks.stream().sorted().toList();
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }
}
