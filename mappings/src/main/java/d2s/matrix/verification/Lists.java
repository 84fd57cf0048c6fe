package d2s.matrix.verification;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Columns that hold arrays. */
public final class Lists {

  private Lists() {}

  /** The texts of a column; none if it is NULL. */
  public static List<String> texts(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? List.of() : List.of((String[]) array.getArray());
  }

  /** The integers of a column; none if it is NULL. */
  public static long[] integers(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    if (array == null) {
      return new long[0];
    }
    Long[] boxed = (Long[]) array.getArray();
    long[] integers = new long[boxed.length];
    for (int i = 0; i < boxed.length; i++) {
      integers[i] = boxed[i];
    }
    return integers;
  }
}
