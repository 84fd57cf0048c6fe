package d2s.engine.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the rows of a query through a server-side cursor.
 *
 * <p>Values come as {@link String}, {@link Long} (integers of any width), {@link Double}, {@link
 * java.math.BigDecimal}, {@link Boolean}, {@code byte[]}, {@code long[]}, {@code String[]} or null.
 */
public final class RowReader implements AutoCloseable {

  /** So many rows of no great size come at once. */
  public static final int FETCH_SIZE = 2_000;

  /** The driver holds so many rows at once, and an array can be half a megabyte long. */
  private static final int FETCH_SIZE_WITH_ARRAYS = 100;

  private final Statement statement;
  private final ResultSet rows;
  private final List<Decoder> decoders = new ArrayList<>();

  /** Turns one column of the current row into a value. */
  @FunctionalInterface
  private interface Decoder {
    Object decode(ResultSet row, int column) throws SQLException;
  }

  /** The connection must be inside a transaction, else the driver reads everything at once. */
  public RowReader(Connection connection, String sql) throws SQLException {
    this(connection, sql, FETCH_SIZE);
  }

  /**
   * @param fetchSize how many rows come at once, if none of their columns is an array
   */
  public RowReader(Connection connection, String sql, int fetchSize) throws SQLException {
    statement = connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    try {
      statement.setFetchSize(FETCH_SIZE_WITH_ARRAYS);
      rows = statement.executeQuery(sql);
      ResultSetMetaData shape = rows.getMetaData();
      boolean arrays = false;
      for (int column = 1; column <= shape.getColumnCount(); column++) {
        String type = shape.getColumnTypeName(column);
        decoders.add(decoder(type));
        arrays |= type.startsWith("_");
      }
      if (!arrays) {
        rows.setFetchSize(fetchSize);
      }
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** The next row, or null after the last one. */
  public Object[] next() throws SQLException {
    if (!rows.next()) {
      return null;
    }
    Object[] row = new Object[decoders.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = decoders.get(i).decode(rows, i + 1);
    }
    return row;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }

  private static Decoder decoder(String type) {
    return switch (type) {
      case "int2", "int4", "int8", "serial", "bigserial", "smallserial", "oid" ->
          (row, column) -> {
            long value = row.getLong(column);
            return value == 0 && row.wasNull() ? null : value;
          };
      case "bool" ->
          (row, column) -> {
            boolean value = row.getBoolean(column);
            return !value && row.wasNull() ? null : value;
          };
      case "float4", "float8" ->
          (row, column) -> {
            double value = row.getDouble(column);
            return value == 0 && row.wasNull() ? null : value;
          };
      case "numeric" -> ResultSet::getBigDecimal;
      case "bytea" -> ResultSet::getBytes;
      case "_int8", "_int4", "_int2" -> RowReader::integers;
      case "_text", "_varchar" -> RowReader::texts;
      default -> ResultSet::getString;
    };
  }

  private static Object integers(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    long[] integers = text == null ? null : integers(withoutBounds(text));
    if (integers == null && text != null) {
      throw unreadable(row, column, "integers with a NULL in it, or one");
    }
    return integers;
  }

  /** An array whose first element has another number than 1 is written as {@code [5:6]={1,2}}. */
  private static String withoutBounds(String text) {
    return text.startsWith("[") && text.indexOf(']') == text.indexOf('=') - 1
        ? text.substring(text.indexOf('=') + 1)
        : text;
  }

  private static Object texts(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    Object texts = array == null ? null : array.getArray();
    if (texts != null && !(texts instanceof String[])) {
      throw unreadable(row, column, "texts");
    }
    return texts;
  }

  private static SQLException unreadable(ResultSet row, int column, String what)
      throws SQLException {
    return new SQLDataException(
        "the column "
            + row.getMetaData().getColumnLabel(column)
            + " holds an array of "
            + what
            + " of several dimensions, which cannot be read; change it in the query");
  }

  /**
   * Parses the text form of an integer array: the driver's own way boxes every element.
   *
   * @return null if there is something else in it than integers
   */
  static long[] integers(String text) {
    int count = text.length() == 2 ? 0 : 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == ',') {
        count++;
      }
    }
    long[] result = new long[count];
    int at = 0;
    long value = 0;
    boolean negative = false;
    for (int i = 1; i < text.length() && count > 0; i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '}') {
        result[at++] = negative ? -value : value;
        value = 0;
        negative = false;
      } else if (c == '-') {
        negative = true;
      } else if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
      } else {
        return null;
      }
    }
    return result;
  }

  /** The first column of the first row as {@link Long}, {@link String} or null. */
  public static Object scalar(Connection connection, String sql) throws SQLException {
    try (RowReader reader = new RowReader(connection, sql)) {
      Object[] row = reader.next();
      return row == null ? null : row[0];
    }
  }
}
