package d2s.engine.write;

import d2s.engine.check.BoundMapping.BoundColumn;
import d2s.engine.result.MigrationFailedException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
   * @throws MigrationFailedException if the target cannot make one, or makes null for a column that
   *     is NOT NULL
   */
  byte[] complete(SqlComputedValues values) throws SQLException {
    byte[][] made = made(values);
    int length = bytes.length;
    for (byte[] value : made) {
      length += LENGTH_BYTES + (value == null ? 0 : value.length);
    }
    ByteBuffer complete = ByteBuffer.allocate(length);
    int from = 0;
    for (int i = 0; i < made.length; i++) {
      complete.put(bytes, from, deferred.get(i).at() - from);
      from = deferred.get(i).at();
      if (made[i] == null) {
        complete.putInt(-1);
      } else {
        complete.putInt(made[i].length).put(made[i]);
      }
    }
    return complete.put(bytes, from, bytes.length - from).array();
  }

  /** In the order of the places; each column is asked for once. */
  private byte[][] made(SqlComputedValues values) throws SQLException {
    Map<BoundColumn, List<Integer>> columns = new LinkedHashMap<>();
    for (int i = 0; i < deferred.size(); i++) {
      columns.computeIfAbsent(deferred.get(i).column(), column -> new ArrayList<>()).add(i);
    }
    byte[][] made = new byte[deferred.size()][];
    for (Map.Entry<BoundColumn, List<Integer>> column : columns.entrySet()) {
      List<byte[]> results =
          values.of(
              column.getKey(),
              column.getValue().stream().map(i -> deferred.get(i).text()).toList());
      for (int i = 0; i < results.size(); i++) {
        made[column.getValue().get(i)] = results.get(i);
      }
    }
    return made;
  }
}
