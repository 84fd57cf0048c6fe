package d2s.matrix.verification.state;

import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.rows.ByKey;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What Dendrite keeps of the current state of one room beside its snapshot: what clients were
 * shown, and the last membership of each local user. A state block that has lost an event makes an
 * older entry current, or none; these know better.
 */
final class Witnesses {

  private final Set<String> shown = new HashSet<>();
  private final Set<Long> members = new HashSet<>();

  /** Adds the queries that {@link #Witnesses} reads. */
  static ByKey addTo(ByKey rooms, VerificationContext context) throws SQLException {
    return rooms
        .with(
            "shown",
            context.source(),
            "select r.room_id, c.event_id from syncapi_current_room_state c"
                + " join roomserver_rooms r on r.room_id = c.room_id")
        .with(
            "members",
            context.source(),
            """
            select r.room_id, m.event_nid from roomserver_membership m
            join roomserver_rooms r using (room_nid) where m.target_local
            """);
  }

  Witnesses(String room, ByKey rooms) throws SQLException {
    rooms.read(room, "shown", row -> shown.add(row.getString("event_id")));
    rooms.read(room, "members", row -> members.add(row.getLong("event_nid")));
  }

  /** The events that clients were shown. */
  Set<String> shown() {
    return shown;
  }

  /**
   * What a state has lost. An entry on which two of the three tables agree counts; where the table
   * of members says nothing, the newer one does.
   *
   * @param state the event of each key, see {@link StateKeys}
   * @param keyOf the key of an event; null if it is no state event of the room
   * @param nidOf the number of an event; null if it was rejected or is not there
   * @return the events that belong there, by key
   */
  Map<String, String> lostFrom(
      Map<String, String> state, Function<String, String> keyOf, Function<String, Long> nidOf) {
    Map<String, String> lost = new HashMap<>();
    for (String event : shown) {
      String key = keyOf.apply(event);
      Long nid = nidOf.apply(event);
      String known = key == null ? null : state.get(key);
      if (key == null || nid == null || event.equals(known)) {
        continue;
      }
      Long before = known == null ? null : nidOf.apply(known);
      boolean agreed = members.contains(nid);
      boolean refused = before != null && members.contains(before);
      if (agreed || !refused && (before == null || nid > before)) {
        lost.put(key, event);
      }
    }
    return lost;
  }
}
