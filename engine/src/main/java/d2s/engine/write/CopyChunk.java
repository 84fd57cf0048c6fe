package d2s.engine.write;

import d2s.engine.bound.BoundMapping.BoundColumn;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Bytes for one COPY statement.
 *
 * @param bytes without the values that the target is still to make
 * @param deferred these values, in the order of their places
 */
record CopyChunk(String table, String statement, byte[] bytes, long rows, List<Deferred> deferred) {

  private static final int LENGTH_BYTES = 4;

  /**
   * A value that the target makes.
   *
   * @param at where in the bytes it belongs
   */
  record Deferred(int at, BoundColumn column, String text) {}

  /**
   * The bytes with all values.
   *
   * @param values those that were deferred, in the order of their places; null for NULL
   */
  byte[] with(byte[][] values) {
    int length = bytes.length;
    for (byte[] value : values) {
      length += LENGTH_BYTES + (value == null ? 0 : value.length);
    }
    ByteBuffer complete = ByteBuffer.allocate(length);
    int from = 0;
    for (int i = 0; i < values.length; i++) {
      complete.put(bytes, from, deferred.get(i).at() - from);
      from = deferred.get(i).at();
      if (values[i] == null) {
        complete.putInt(-1);
      } else {
        complete.putInt(values[i].length).put(values[i]);
      }
    }
    return complete.put(bytes, from, bytes.length - from).array();
  }
}
