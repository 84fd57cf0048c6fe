package d2s.matrix.verification.state;

import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.ByRoom;
import d2s.matrix.verification.Interner;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The last state that Dendrite knows of each room: {@code roomserver_rooms.state_snapshot_nid}. */
public final class LastStates implements AutoCloseable {

  private final ByRoom rooms = new ByRoom();

  public LastStates(VerificationContext context) throws SQLException {
    rooms
        .with("room", context.source(), "select room_id, state_snapshot_nid from roomserver_rooms")
        .with(
            "events",
            context.source(),
            """
            select r.room_id, e.event_nid, e.event_id
            from roomserver_events e join roomserver_rooms r using (room_nid)
            """)
        .with("blocks", context.source(), Snapshots.BLOCKS)
        .with("snapshots", context.source(), Snapshots.SNAPSHOTS)
        .with(
            "state events",
            context.target(),
            "select room_id, event_id, type, state_key from state_events");
  }

  /** The queries, for those of whoever looks at the states. */
  public ByRoom rooms() {
    return rooms;
  }

  /** The event id for each key, see {@link StateKeys}; empty if there is no state. */
  public Map<String, String> of(String room) throws SQLException {
    Interner keys = new Interner();
    Map<String, Integer> keyOf = new HashMap<>();
    rooms.read(
        room,
        "state events",
        row ->
            keyOf.put(
                row.getString("event_id"),
                keys.of(StateKeys.of(row.getString("type"), row.getString("state_key")))));
    Interner events = new Interner();
    Map<Long, Integer> eventOf = new HashMap<>();
    rooms.read(
        room,
        "events",
        row -> eventOf.put(row.getLong("event_nid"), events.of(row.getString("event_id"))));
    Snapshots snapshots = Snapshots.read(room, rooms, "blocks", "snapshots");
    Snapshots.Entries entries =
        new Snapshots.Entries() {
          @Override
          public int key(long eventNid) {
            Integer event = eventOf.get(eventNid);
            return event == null
                ? Interner.NONE
                : keyOf.getOrDefault(events.text(event), Interner.NONE);
          }

          @Override
          public int event(long eventNid) {
            return eventOf.get(eventNid);
          }
        };
    Map<String, String> state = new HashMap<>();
    rooms.read(
        room,
        "room",
        row ->
            snapshots
                .at(row.getLong("state_snapshot_nid"), entries)
                .forEach((key, event) -> state.put(keys.text(key), events.text(event))));
    return state;
  }

  @Override
  public void close() throws SQLException {
    rooms.close();
  }
}
