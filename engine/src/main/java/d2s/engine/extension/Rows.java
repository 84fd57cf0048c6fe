package d2s.engine.extension;

/**
 * A forward-only cursor over rows.
 *
 * <p>Columns are addressed by their position in the {@link RowShape} that the hook declared.
 * Reading an SQL NULL as a {@code long} or {@code boolean} is an error that names the column; ask
 * {@link #isNull} first where NULL is possible.
 */
public interface Rows {

  /** Moves to the next row; false after the last one. */
  boolean next();

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
