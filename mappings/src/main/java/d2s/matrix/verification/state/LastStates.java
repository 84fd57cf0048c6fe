package d2s.matrix.verification.state;

import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Interner;
import d2s.matrix.verification.rows.ByKey;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The last state that Dendrite knows of each room: {@code roomserver_rooms.state_snapshot_nid}.
 *
 * <p>Where that is lost, there are two other witnesses: the state at the newest event that the room
 * goes on from, with the last change of the state that was made there, and what clients were shown.
 * Where only some of it is lost, {@link Witnesses} say what.
 */
final class LastStates implements AutoCloseable {

  private final ByKey rooms = new ByKey("room_id");
  private boolean lost;
  private Map<String, String> repaired = Map.of();

  LastStates(VerificationContext context) throws SQLException {
    KnownRoom.addTo(rooms, context);
    Witnesses.addTo(rooms, context);
    rooms
        .with("room", context.source(), "select room_id, state_snapshot_nid from roomserver_rooms")
        .with(
            "newest",
            context.source(),
            """
            select distinct on (r.room_id) r.room_id, e.event_nid, e.state_snapshot_nid
            from roomserver_rooms r
            join roomserver_events e on e.room_nid = r.room_nid and e.event_nid = any (r.latest_event_nids)
            join roomserver_state_snapshots s on s.state_snapshot_nid = e.state_snapshot_nid
            where not e.is_rejected
            order by r.room_id, e.depth desc, e.event_nid desc
            """);
  }

  /** The queries, for those of whoever looks at the states. */
  ByKey rooms() {
    return rooms;
  }

  /** The event id for each key, see {@link StateKeys}; empty if there is no state. */
  Map<String, String> of(String id, KnownRoom room) throws SQLException {
    Map<String, String> state = new HashMap<>();
    boolean known =
        read(id, room, (key, event) -> state.put(room.keys().text(key), room.events().text(event)));
    repaired = new Witnesses(id, rooms).lostFrom(state, room::keyOf, room::accepted);
    if (state.isEmpty()) {
      state.putAll(repaired);
      repaired = Map.of();
    }
    state.putAll(repaired);
    lost = !known && !state.isEmpty();
    // A room has no state without the event that it began with.
    if (!state.isEmpty() && room.create() != Interner.NONE) {
      state.putIfAbsent(StateKeys.CREATE, room.events().text(room.create()));
    }
    return state;
  }

  /**
   * Reads the state that the snapshots give: that of the room, else that after its newest event.
   *
   * @return whether it is that of the room
   */
  private boolean read(String id, KnownRoom room, BiConsumer<Integer, Integer> state)
      throws SQLException {
    boolean[] known = new boolean[1];
    rooms.read(
        id,
        "room",
        row -> {
          Map<Integer, Integer> current =
              room.snapshots().at(row.getLong("state_snapshot_nid"), room);
          current.forEach(state);
          known[0] |= !current.isEmpty();
        });
    rooms.read(
        id,
        "newest",
        row -> {
          if (!known[0]) {
            readAfter(row.getLong("event_nid"), row.getLong("state_snapshot_nid"), room, state);
          }
        });
    return known[0];
  }

  /** The state after an event, and after what else was made in the state before it. */
  private static void readAfter(
      long event, long snapshot, KnownRoom room, BiConsumer<Integer, Integer> state) {
    Map<Integer, Integer> before = room.snapshots().at(snapshot, room);
    if (before.isEmpty() && room.event(event) != room.create()) {
      return; // lost as well
    }
    before.forEach(state);
    room.all().stream()
        .filter(other -> other.snapshot() == snapshot && !other.rejected())
        .filter(other -> room.keyOf(other.number()) != Interner.NONE)
        .max(Comparator.comparing(KnownRoom.Event::nid))
        .ifPresent(last -> state.accept(room.keyOf(last.number()), last.number()));
  }

  /**
   * Whether Dendrite has lost the state that {@link #of} gave last, so that others stand for it.
   */
  boolean wasLost() {
    return lost;
  }

  /**
   * What the state that {@link #of} gave last has lost in its snapshot, so that another table
   * stands for it: the event of each such key.
   */
  Map<String, String> repaired() {
    return repaired;
  }

  @Override
  public void close() throws SQLException {
    rooms.close();
  }
}
