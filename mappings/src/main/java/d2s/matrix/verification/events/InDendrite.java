package d2s.matrix.verification.events;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An event as Dendrite has it.
 *
 * @param ofRepeatedRoom whether another row of rooms stands for its room
 * @param hash of its JSON; null if that is lost
 * @param softFailed whether the state of the room at its arrival refused it, so that clients are
 *     not shown it
 */
record InDendrite(
    long nid,
    String roomId,
    boolean ofRepeatedRoom,
    byte[] hash,
    boolean rejected,
    boolean softFailed) {

  static InDendrite of(ResultSet row) throws SQLException {
    return new InDendrite(
        row.getLong("event_nid"),
        row.getString("room_id"),
        row.getBoolean("of_repeated_room"),
        row.getBytes("hash"),
        row.getBoolean("is_rejected"),
        row.getBoolean("soft_failed"));
  }
}
