package d2s.engine.staging;

import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyIn;

/** Writes rows in PostgreSQL's binary COPY format. A row that was begun can be taken back. */
final class BinaryRows {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final int PIECE = 256 * 1024;
  private static final int INT8 = 20;
  private static final int TEXT = 25;

  private final CopyIn copy;
  private byte[] buffer = new byte[2 * PIECE];
  private int length;
  private int rowStart;

  BinaryRows(CopyIn copy) {
    this.copy = copy;
    append(SIGNATURE);
  }

  void startRow(int columns) {
    rowStart = length;
    int16(columns);
  }

  void dropRow() {
    length = rowStart;
  }

  void endRow() throws SQLException {
    if (length >= PIECE) {
      copy.writeToCopy(buffer, 0, length);
      length = 0;
    }
  }

  /**
   * @return how many rows the database has taken
   */
  long finish() throws SQLException {
    int16(-1);
    copy.writeToCopy(buffer, 0, length);
    return copy.endCopy();
  }

  void none() {
    int32(-1);
  }

  void int2(short value) {
    int32(2);
    int16(value);
  }

  void int4(int value) {
    int32(4);
    int32(value);
  }

  void int8(long value) {
    int32(8);
    int64(value);
  }

  void bool(boolean value) {
    int32(1);
    ensure(1);
    buffer[length++] = (byte) (value ? 1 : 0);
  }

  void bytes(byte[] value) {
    int32(value.length);
    append(value);
  }

  void int8Array(long[] values, int count) {
    arrayHead(count, INT8, 12 * count);
    for (int i = 0; i < count; i++) {
      int8(values[i]);
    }
  }

  void textArray(byte[][] values) {
    int size = 0;
    for (byte[] value : values) {
      size += 4 + value.length;
    }
    arrayHead(values.length, TEXT, size);
    for (byte[] value : values) {
      bytes(value);
    }
  }

  private void arrayHead(int count, int elementType, int size) {
    int32(count == 0 ? 12 : 20 + size);
    int32(count == 0 ? 0 : 1);
    int32(0);
    int32(elementType);
    if (count > 0) {
      int32(count);
      int32(1);
    }
  }

  private void int16(int value) {
    ensure(2);
    buffer[length++] = (byte) (value >> 8);
    buffer[length++] = (byte) value;
  }

  private void int32(int value) {
    ensure(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >> shift);
    }
  }

  private void int64(long value) {
    int32((int) (value >> 32));
    int32((int) value);
  }

  private void append(byte[] bytes) {
    ensure(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
    }
  }
}
