package d2s.matrix.verification.state;

import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Interner;
import d2s.matrix.verification.rows.ByKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of one room in Dendrite, with its snapshots, and what Synapse's {@code state_events}
 * says of them. Keys and events are numbers of the two interners.
 */
final class KnownRoom implements Snapshots.Entries {

  /**
   * An event as Dendrite has it.
   *
   * @param snapshot the state before it; 0 if there is none
   */
  record Event(int number, long nid, long snapshot, boolean rejected) {}

  private final Interner keys = new Interner();
  private final Interner events = new Interner();
  private final Numbers keyOf = new Numbers(Interner.NONE);
  private final Map<Long, Integer> eventOf = new HashMap<>();

  /** Dendrite's number of each event that was not rejected. */
  private final Numbers accepted = new Numbers(Interner.NONE);

  private final List<Event> all = new ArrayList<>();
  private final Snapshots snapshots;

  /** Reads what {@link #addTo} has added. */
  KnownRoom(String room, ByKey rooms) throws SQLException {
    rooms.read(
        room,
        "state events",
        row ->
            keyOf.set(
                events.of(row.getString("event_id")),
                keys.of(StateKeys.of(row.getString("type"), row.getString("state_key")))));
    rooms.read(
        room,
        "events",
        row -> {
          Event event =
              new Event(
                  events.of(row.getString("event_id")),
                  row.getLong("event_nid"),
                  row.getLong("state_snapshot_nid"),
                  row.getBoolean("is_rejected"));
          all.add(event);
          eventOf.put(event.nid(), event.number());
          if (!event.rejected()) {
            accepted.set(event.number(), event.nid());
          }
        });
    snapshots = Snapshots.read(room, rooms, "blocks", "snapshots");
  }

  /** Adds the queries that are read here. */
  static void addTo(ByKey rooms, VerificationContext context) throws SQLException {
    rooms
        .with(
            "events",
            context.source(),
            """
            select r.room_id, e.event_nid, e.event_id, e.state_snapshot_nid, e.is_rejected
            from roomserver_events e join roomserver_rooms r using (room_nid)
            """)
        .with("blocks", context.source(), Snapshots.BLOCKS)
        .with("snapshots", context.source(), Snapshots.SNAPSHOTS)
        .with(
            "state events",
            context.target(),
            "select room_id, event_id, type, state_key from state_events");
  }

  Interner keys() {
    return keys;
  }

  Interner events() {
    return events;
  }

  /** All events that Dendrite has of the room. */
  List<Event> all() {
    return all;
  }

  Snapshots snapshots() {
    return snapshots;
  }

  /** The key of an event, or {@link Interner#NONE} if it is no state event. */
  int keyOf(int event) {
    return (int) keyOf.get(event);
  }

  /** The same as a text, see {@link StateKeys}; null if it is no state event. */
  String keyOf(String event) {
    int key = keyOf(events.find(event));
    return key == Interner.NONE ? null : keys.text(key);
  }

  /** The number that Dendrite has for an event that was not rejected, or null. */
  Long accepted(String event) {
    int number = events.find(event);
    return accepted.has(number) ? accepted.get(number) : null;
  }

  /** The event that the room began with, or {@link Interner#NONE} if it is not clear. */
  int create() {
    int key = keys.find(StateKeys.CREATE);
    int create = Interner.NONE;
    for (int event = 0; event < events.size() && key != Interner.NONE; event++) {
      if (keyOf(event) == key) {
        if (create != Interner.NONE) {
          return Interner.NONE;
        }
        create = event;
      }
    }
    return create;
  }

  @Override
  public int key(long eventNid) {
    return keyOf(event(eventNid));
  }

  @Override
  public int event(long eventNid) {
    return eventOf.getOrDefault(eventNid, Interner.NONE);
  }
}
