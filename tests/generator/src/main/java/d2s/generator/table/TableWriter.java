package d2s.generator.table;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes rows of one table by COPY in binary format, over a connection of its own. */
public final class TableWriter implements AutoCloseable {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int FULL = 1 << 18;
  private static final int OID_OF_BIGINT = 20;
  private static final int OID_OF_TEXT = 25;

  private enum Type {
    INT2,
    INT4,
    INT8,
    OTHER
  }

  private final String table;
  private final Connection connection;
  private final CopyIn copy;
  private final Type[] types;
  private byte[] buffer = new byte[FULL + (1 << 16)];
  private int length;
  private long rows;

  TableWriter(Connection connection, String table) throws SQLException {
    this.table = table;
    this.connection = connection;
    types = types(connection, table);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = off");
    }
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
    System.arraycopy(SIGNATURE, 0, buffer, 0, SIGNATURE.length);
    length = SIGNATURE.length;
  }

  private static Type[] types(Connection connection, String table) throws SQLException {
    List<Type> types = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery(
                "SELECT data_type FROM information_schema.columns WHERE table_schema = 'public'"
                    + " AND table_name = '"
                    + table
                    + "' ORDER BY ordinal_position")) {
      while (columns.next()) {
        types.add(
            switch (columns.getString(1)) {
              case "smallint" -> Type.INT2;
              case "integer" -> Type.INT4;
              case "bigint" -> Type.INT8;
              default -> Type.OTHER;
            });
      }
    }
    return types.toArray(Type[]::new);
  }

  long rows() {
    return rows;
  }

  /**
   * Adds a row.
   *
   * @param values of all columns in their order: integers, booleans, texts, bytes, {@code long[]}
   *     for an array of bigint, lists of texts; or null
   */
  public void row(Object... values) {
    if (values.length != types.length) {
      throw new IllegalArgumentException(
          table + " has " + types.length + " columns, not " + values.length);
    }
    int2(values.length);
    for (int i = 0; i < values.length; i++) {
      field(types[i], values[i]);
    }
    rows++;
    if (length >= FULL) {
      flush();
    }
  }

  private void field(Type type, Object value) {
    if (value == null) {
      int4(-1);
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Number number) {
      integer(type, number.longValue());
    } else if (value instanceof Boolean bool) {
      int4(1);
      room(1);
      buffer[length++] = (byte) (bool ? 1 : 0);
    } else if (value instanceof long[] numbers) {
      bigints(numbers);
    } else if (value instanceof List<?> texts) {
      texts(texts);
    } else if (value instanceof byte[] bytes) {
      bytes(bytes);
    } else {
      throw new IllegalArgumentException(table + ": a value of " + value.getClass());
    }
  }

  private void integer(Type type, long value) {
    switch (type) {
      case INT2 -> {
        int4(2);
        int2((int) value);
      }
      case INT4 -> {
        int4(4);
        int4((int) value);
      }
      default -> {
        int4(8);
        int8(value);
      }
    }
  }

  private void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) {
    int4(bytes.length);
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void bigints(long[] numbers) {
    int4(numbers.length == 0 ? 12 : 20 + 12 * numbers.length);
    arrayHeader(numbers.length, OID_OF_BIGINT);
    for (long number : numbers) {
      int4(8);
      int8(number);
    }
  }

  private void texts(List<?> texts) {
    int start = length;
    int4(0);
    arrayHeader(texts.size(), OID_OF_TEXT);
    for (Object text : texts) {
      text((String) text);
    }
    int end = length;
    length = start;
    int4(end - start - 4);
    length = end;
  }

  private void arrayHeader(int elements, int type) {
    int4(elements == 0 ? 0 : 1);
    int4(0);
    int4(type);
    if (elements > 0) {
      int4(elements);
      int4(1);
    }
  }

  private void int2(int value) {
    room(2);
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
  }

  private void int4(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >> shift);
    }
  }

  private void int8(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >> shift);
    }
  }

  private void room(int bytes) {
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }

  private void flush() {
    try {
      copy.writeToCopy(buffer, 0, length);
    } catch (SQLException e) {
      throw new IllegalStateException("COPY of " + table + " failed: " + e.getMessage(), e);
    }
    length = 0;
    if (buffer.length > 16 * FULL) {
      buffer = new byte[FULL + (1 << 16)];
    }
  }

  /** Ends the COPY, without which nothing of it stays. */
  @Override
  public void close() throws SQLException {
    int2(-1);
    flush();
    copy.endCopy();
    connection.close();
  }
}
