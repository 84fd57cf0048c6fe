package d2s.engine.schema;

import java.util.List;
import java.util.Objects;

/**
 * Columns whose values together occur once in a table: a primary key, a unique constraint or a
 * unique index. Unique indexes over expressions are not keys in this sense.
 *
 * @param name the name of the constraint or index
 * @param columns in the order of the index
 * @param condition the SQL condition of a partial index: only rows that meet it are unique; null
 *     when the key holds for all rows
 */
public record Key(String name, List<String> columns, String condition) {

  public Key {
    Objects.requireNonNull(name);
    columns = List.copyOf(columns);
  }

  /** A key that holds for all rows. */
  public static Key of(String name, String... columns) {
    return new Key(name, List.of(columns), null);
  }
}
