package d2s.matrix.verification.userdata;

import d2s.matrix.verification.IndexedColumns;
import java.nio.charset.StandardCharsets;

/** Names inside JSON that become columns of an index. */
final class TooLong {

  private TooLong() {}

  /** Whether no index can hold the name. A user and a room are at most 510 bytes beside it. */
  static boolean is(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > IndexedColumns.LIMIT - 510;
  }
}
