package d2s.matrix.verification.state;

import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.ByRoom;
import d2s.matrix.verification.Interner;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The last state that Dendrite knows of each room: {@code roomserver_rooms.state_snapshot_nid}.
 *
 * <p>Where that is lost, there are two other witnesses: the state at the newest event that the room
 * goes on from, with the last change of the state that was made there, and what clients were shown.
 * Where only some of it is lost, {@link Witnesses} say what.
 */
final class LastStates implements AutoCloseable {

  private static final String CREATE = StateKeys.of("m.room.create", "");

  private static final String LOST =
      """
      not exists (select 1 from roomserver_state_snapshots n where n.state_snapshot_nid = r.state_snapshot_nid)
      """;

  private final ByRoom rooms = new ByRoom();
  private boolean lost;
  private Map<String, String> repaired = Map.of();

  LastStates(VerificationContext context) throws SQLException {
    addTo(rooms, context)
        .with(
            "events",
            context.source(),
            """
            select r.room_id, e.event_nid, e.event_id, e.is_rejected
            from roomserver_events e join roomserver_rooms r using (room_nid)
            """)
        .with("blocks", context.source(), Snapshots.BLOCKS)
        .with("snapshots", context.source(), Snapshots.SNAPSHOTS)
        .with(
            "state events",
            context.target(),
            "select room_id, event_id, type, state_key from state_events");
  }

  /** Adds the queries that {@link #read} and {@link Witnesses} read. */
  static ByRoom addTo(ByRoom rooms, VerificationContext context) throws SQLException {
    Witnesses.addTo(rooms, context);
    return rooms
        .with("room", context.source(), "select room_id, state_snapshot_nid from roomserver_rooms")
        .with(
            "newest",
            context.source(),
            """
            select n.room_id, n.state_snapshot_nid,
                   coalesce((select max(x.event_nid) from roomserver_events x
                             where x.state_snapshot_nid = n.state_snapshot_nid and x.room_nid = n.room_nid
                               and x.event_state_key_nid <> 0 and not x.is_rejected), n.event_nid) as event_nid
            from (
              select distinct on (r.room_id) r.room_id, r.room_nid, e.event_nid, e.state_snapshot_nid
              from roomserver_rooms r
              join roomserver_events e on e.room_nid = r.room_nid and e.event_nid = any (r.latest_event_nids)
              join roomserver_state_snapshots s on s.state_snapshot_nid = e.state_snapshot_nid
              where not e.is_rejected and %s
              order by r.room_id, e.depth desc, e.event_nid desc
            ) n
            """
                .formatted(LOST));
  }

  /** The queries, for those of whoever looks at the states. */
  ByRoom rooms() {
    return rooms;
  }

  /** The event id for each key, see {@link StateKeys}; empty if there is no state. */
  Map<String, String> of(String room) throws SQLException {
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
    Map<String, Long> accepted = new HashMap<>();
    rooms.read(
        room,
        "events",
        row -> {
          eventOf.put(row.getLong("event_nid"), events.of(row.getString("event_id")));
          if (!row.getBoolean("is_rejected")) {
            accepted.put(row.getString("event_id"), row.getLong("event_nid"));
          }
        });
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
    boolean known =
        read(
            room,
            rooms,
            snapshots,
            entries,
            (key, event) -> state.put(keys.text(key), events.text(event)));
    Witnesses witnesses = new Witnesses(room, rooms);
    Function<String, String> keyOfEvent =
        event -> keyOf.containsKey(event) ? keys.text(keyOf.get(event)) : null;
    repaired = witnesses.lostFrom(state, keyOfEvent, accepted::get);
    if (state.isEmpty()) {
      state.putAll(repaired);
      repaired = Map.of();
    }
    state.putAll(repaired);
    lost = !known && !state.isEmpty();
    addCreate(state, keys, keyOf);
    return state;
  }

  /**
   * Reads the state that the snapshots give: that of the room, else that after its newest event.
   *
   * @return whether it is that of the room
   */
  static boolean read(
      String room,
      ByRoom rooms,
      Snapshots snapshots,
      Snapshots.Entries entries,
      BiConsumer<Integer, Integer> state)
      throws SQLException {
    boolean[] known = new boolean[1];
    rooms.read(
        room,
        "room",
        row -> {
          Map<Integer, Integer> current = snapshots.at(row.getLong("state_snapshot_nid"), entries);
          current.forEach(state);
          known[0] |= !current.isEmpty();
        });
    rooms.read(
        room,
        "newest",
        row -> {
          snapshots.at(row.getLong("state_snapshot_nid"), entries).forEach(state);
          long nid = row.getLong("event_nid");
          if (entries.key(nid) != Interner.NONE) {
            state.accept(entries.key(nid), entries.event(nid));
          }
        });
    return known[0];
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

  /** A room has no state without the event that it began with. */
  private static void addCreate(
      Map<String, String> state, Interner keys, Map<String, Integer> keyOf) {
    List<String> creates =
        keyOf.entrySet().stream()
            .filter(entry -> keys.text(entry.getValue()).equals(CREATE))
            .map(Map.Entry::getKey)
            .toList();
    if (!state.isEmpty() && creates.size() == 1) {
      state.putIfAbsent(CREATE, creates.get(0));
    }
  }

  @Override
  public void close() throws SQLException {
    rooms.close();
  }
}
