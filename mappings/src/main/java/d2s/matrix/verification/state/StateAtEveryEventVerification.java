package d2s.matrix.verification.state;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.ByRoom;
import d2s.matrix.verification.Interner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the state that Synapse's tables give at every event against Dendrite's snapshots.
 *
 * <p>A snapshot is the state before the event, a group the state after it. A rejected event and an
 * event that is no state change nothing; a create event has nothing before it, whatever its
 * snapshot says. Where the current state has lost an entry, a room goes on from the repaired one,
 * which is then the state after its newest events.
 */
public final class StateAtEveryEventVerification implements Verification {

  private static final String CREATE = StateKeys.of("m.room.create", "");

  @Override
  public String name() {
    return "state at events";
  }

  @Override
  public String proves() {
    return "The state of the room at every event is that which Dendrite has.";
  }

  @Override
  public List<String> tables() {
    return List.of("event_to_state_groups", "state_groups", "state_groups_state");
  }

  @Override
  public int passes() {
    return 4;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    try (ByRoom rooms = queries(context)) {
      for (String room = rooms.next(null); room != null; room = rooms.next(room)) {
        new Room(findings).compare(room, rooms);
      }
    }
  }

  private static ByRoom queries(VerificationContext context) throws SQLException {
    return LastStates.addTo(new ByRoom(), context)
        .with(
            "extremities",
            context.target(),
            "select room_id, event_id from event_forward_extremities")
        .with(
            "state events",
            context.target(),
            """
            select e.room_id, e.event_id, s.type, s.state_key
            from state_events s join events e on e.event_id = s.event_id
            """)
        .with(
            "event groups",
            context.target(),
            """
            select e.room_id, e.event_id, e.outlier, g.state_group
            from events e left join event_to_state_groups g on g.event_id = e.event_id
            """)
        .with("groups", context.target(), Groups.GROUPS)
        .with("entries", context.target(), Groups.ENTRIES)
        .with(
            "events",
            context.source(),
            """
            select r.room_id, e.event_nid, e.event_id, e.state_snapshot_nid, e.is_rejected
            from roomserver_events e join roomserver_rooms r using (room_nid)
            """)
        .with("blocks", context.source(), Snapshots.BLOCKS)
        .with("snapshots", context.source(), Snapshots.SNAPSHOTS);
  }

  /** An event as Dendrite has it. */
  private record SourceEvent(int event, boolean rejected) {}

  /** One room of the walk. */
  private static final class Room implements Snapshots.Entries {

    private static final long NO_GROUP = -1;

    private final Findings findings;
    private final Interner keys = new Interner();
    private final Interner events = new Interner();

    /** The state key of each state event, and Synapse's group of each event in the timeline. */
    private final Map<Integer, Integer> keyOf = new HashMap<>();

    private final Map<Integer, Long> groupOf = new HashMap<>();
    private final Map<Long, Integer> eventOf = new HashMap<>();
    private final Map<Long, List<SourceEvent>> bySnapshot = new HashMap<>();
    private final Map<Long, WalkedState.Print> prints = new HashMap<>();
    private final Map<String, Long> accepted = new HashMap<>();
    private final Set<Integer> extremities = new HashSet<>();

    /** The current state, if it was repaired; null if not. */
    private WalkedState.Print repaired;

    private int create = Interner.NONE;
    private int creates;

    Room(Findings findings) {
      this.findings = findings;
    }

    void compare(String room, ByRoom rooms) throws SQLException {
      readSynapse(room, rooms);
      readDendrite(room, rooms);
      Snapshots snapshots = Snapshots.read(room, rooms, "blocks", "snapshots");
      repair(room, rooms, snapshots);
      if (create != Interner.NONE && eventOf.containsValue(create)) {
        compareCreate();
      }
      snapshots.walk(
          this,
          (nid, state) -> {
            List<SourceEvent> here = bySnapshot.remove(nid);
            if (here != null) {
              here.forEach(event -> compare(event, state));
            }
          });
      bySnapshot.values().forEach(lost -> lost.forEach(this::compareLost));
    }

    private void readSynapse(String room, ByRoom rooms) throws SQLException {
      rooms.read(
          room,
          "state events",
          row -> {
            String key = StateKeys.of(row.getString("type"), row.getString("state_key"));
            int event = events.of(row.getString("event_id"));
            keyOf.put(event, keys.of(key));
            if (key.equals(CREATE)) {
              create = creates++ == 0 ? event : Interner.NONE;
            }
          });
      rooms.read(
          room,
          "event groups",
          row -> {
            long group = row.getLong("state_group");
            boolean none = row.wasNull();
            int event = events.of(row.getString("event_id"));
            groupOf.put(event, none ? NO_GROUP : group);
            if (none != row.getBoolean("outlier")) {
              findings.found(
                  row.getString("event_id"),
                  none ? "is in the timeline without a state" : "is an outlier, but has a state");
            }
          });
      Groups.read(room, rooms, "groups", "entries", keys, events)
          .walk((group, state) -> prints.put(group, state.print()));
    }

    private void readDendrite(String room, ByRoom rooms) throws SQLException {
      rooms.read(
          room,
          "events",
          row -> {
            int event = events.find(row.getString("event_id"));
            if (event == Interner.NONE || !groupOf.containsKey(event)) {
              // Not carried, which is the business of the verification of events.
              return;
            }
            eventOf.put(row.getLong("event_nid"), event);
            long snapshot = row.getLong("state_snapshot_nid");
            if (!row.getBoolean("is_rejected")) {
              accepted.put(events.text(event), row.getLong("event_nid"));
            }
            if (event != create && snapshot != 0) {
              bySnapshot
                  .computeIfAbsent(snapshot, nid -> new ArrayList<>())
                  .add(new SourceEvent(event, row.getBoolean("is_rejected")));
            }
          });
    }

    /** Finds what the current state has lost, as the verification of the current state does. */
    private void repair(String room, ByRoom rooms, Snapshots snapshots) throws SQLException {
      rooms.read(room, "extremities", row -> extremities.add(events.of(row.getString("event_id"))));
      Witnesses witnesses = new Witnesses(room, rooms);
      Map<String, String> state = new HashMap<>();
      LastStates.read(
          room,
          rooms,
          snapshots,
          this,
          (key, event) -> state.put(keys.text(key), events.text(event)));
      Map<String, String> lost =
          witnesses.lostFrom(
              state,
              event -> {
                int key = keyOf.getOrDefault(events.find(event), Interner.NONE);
                return key == Interner.NONE ? null : keys.text(key);
              },
              accepted::get);
      if (state.isEmpty() || lost.isEmpty()) {
        return;
      }
      if (create != Interner.NONE) {
        state.putIfAbsent(CREATE, events.text(create));
      }
      state.putAll(lost);
      repaired = new WalkedState.Print(0, 0);
      state.forEach(
          (key, event) -> repaired = repaired.with(keys.of(key), Interner.NONE, events.of(event)));
      findings.noted(
          room,
          "the state after its newest events is the current one, of which Dendrite lost some");
    }

    private void compareCreate() {
      if (groupOf.get(create) != NO_GROUP) {
        compare(create, new WalkedState.Print(0, 0).with(keyOf.get(create), Interner.NONE, create));
      }
    }

    /** An event whose own snapshot cannot be read. */
    private void compareLost(SourceEvent source) {
      if (repaired != null && extremities.contains(source.event())) {
        compare(source.event(), repaired);
      } else {
        findings.noted(
            events.text(source.event()),
            "Dendrite has lost the state before it; nobody can tell whether Synapse's is right");
      }
    }

    private void compare(SourceEvent source, WalkedState before) {
      int key =
          source.rejected() ? Interner.NONE : keyOf.getOrDefault(source.event(), Interner.NONE);
      WalkedState.Print print = before.print();
      // A room has no state without the event that it began with, even if Dendrite has lost that.
      if (create != Interner.NONE && before.get(keyOf.get(create)) == Interner.NONE) {
        print = print.with(keyOf.get(create), Interner.NONE, create);
      }
      compare(
          source.event(),
          key == Interner.NONE ? print : print.with(key, before.get(key), source.event()));
    }

    private void compare(int event, WalkedState.Print expected) {
      findings.looked();
      WalkedState.Print right =
          repaired != null && extremities.contains(event) ? repaired : expected;
      if (!right.equals(prints.get(groupOf.get(event)))) {
        findings.found(events.text(event), "has another state of its room than in Dendrite");
      }
    }

    @Override
    public int key(long eventNid) {
      Integer event = eventOf.get(eventNid);
      return event == null ? Interner.NONE : keyOf.getOrDefault(event, Interner.NONE);
    }

    @Override
    public int event(long eventNid) {
      return eventOf.get(eventNid);
    }
  }
}
