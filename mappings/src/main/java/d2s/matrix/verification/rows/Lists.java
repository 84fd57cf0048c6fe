package d2s.matrix.verification.rows;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Columns that hold arrays. */
public final class Lists {

  private Lists() {}

  /** The texts of a column; none if it is NULL. */
  public static List<String> texts(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null
        ? List.of()
        : Stream.of((String[]) array.getArray()).filter(Objects::nonNull).toList();
  }

  /** The integers of a column; none if it is NULL. One that is NULL counts as 0. */
  public static long[] integers(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    if (array == null) {
      return new long[0];
    }
    Long[] boxed = (Long[]) array.getArray();
    long[] integers = new long[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      integers[i] = boxed[i] == null ? 0 : boxed[i];
    }
    return integers;
  }
}
