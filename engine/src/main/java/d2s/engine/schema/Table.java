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
 */
public record Table(
    String name,
    List<Column> columns,
    Key primaryKey,
    List<Key> uniqueKeys,
    List<ForeignKey> foreignKeys) {

  public Table {
    Objects.requireNonNull(name);
    columns = List.copyOf(columns);
    uniqueKeys = uniqueKeys.stream().sorted(Comparator.comparing(Key::name)).toList();
    foreignKeys = foreignKeys.stream().sorted(Comparator.comparing(ForeignKey::name)).toList();
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }
}
