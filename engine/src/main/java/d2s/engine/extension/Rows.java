package d2s.engine.extension;

import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.IntegersColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowColumn.TextsColumn;

/**
 * A forward-only cursor over rows.
 *
 * <p>A hook reads values by the columns that it declared in its {@link RowShape}. Reading an SQL
 * NULL as a {@code long} or {@code boolean} is an error that names the column; ask {@link
 * #isNull(RowColumn)} first where NULL is possible.
 *
 * <p>The methods that take a position are what an implementation provides.
 */
public interface Rows {

  /** Moves to the next row; false after the last one. */
  boolean next();

  default boolean isNull(RowColumn column) {
    return isNull(column.position());
  }

  /** A text, or null. */
  default String get(TextColumn column) {
    return text(column.position());
  }

  default long get(IntegerColumn column) {
    return integer(column.position());
  }

  default boolean get(FlagColumn column) {
    return flag(column.position());
  }

  /** An array of integers, or null. The caller must not change it. */
  default long[] get(IntegersColumn column) {
    return integers(column.position());
  }

  /** An array of texts, or null. The caller must not change it. */
  default String[] get(TextsColumn column) {
    return texts(column.position());
  }

  boolean isNull(int column);

  /** An integer column of any width. */
  long integer(int column);

  /** A text column, or null. */
  String text(int column);

  boolean flag(int column);

  /** An array of integers, or null. The caller must not change it. */
  long[] integers(int column);

  /** An array of texts, or null. The caller must not change it. */
  String[] texts(int column);
}
