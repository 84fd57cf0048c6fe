package d2s.matrix.verification.state;

import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.Interner;
import d2s.matrix.verification.rows.ByKey;
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
public final class StateAtEveryEventVerification extends LastStateVerification {

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
  protected void addTo(ByKey rooms, VerificationContext context) throws SQLException {
    rooms
        .with(
            "extremities",
            context.target(),
            "select room_id, event_id from event_forward_extremities")
        .with(
            "event groups",
            context.target(),
            """
            select e.room_id, e.event_id, e.outlier, g.state_group
            from events e left join event_to_state_groups g on g.event_id = e.event_id
            """)
        .with("groups", context.target(), Groups.GROUPS)
        .with("entries", context.target(), Groups.ENTRIES);
  }

  @Override
  protected void look(Room room, VerificationContext context, Findings findings)
      throws SQLException {
    new States(room, findings).compare();
  }

  @Override
  protected void end(VerificationContext context, Findings findings) {}

  /** The states of one room. */
  private static final class States implements Snapshots.Entries {

    private static final long NO_GROUP = -1;
    private static final long NOT_THERE = -2;

    private final Room room;
    private final KnownRoom known;
    private final Findings findings;

    /** Synapse's group of each event in the timeline. */
    private final Numbers groupOf = new Numbers(NOT_THERE);

    private final Map<Long, List<KnownRoom.Event>> bySnapshot = new HashMap<>();
    private final Map<Long, WalkedState.Print> prints = new HashMap<>();
    private final Set<Integer> extremities = new HashSet<>();
    private final int create;

    /** The current state, if it was repaired; null if not. */
    private WalkedState.Print repaired;

    States(Room room, Findings findings) {
      this.room = room;
      this.known = room.known();
      this.findings = findings;
      this.create = known.create();
    }

    void compare() throws SQLException {
      readSynapse();
      boolean created = readDendrite();
      repair();
      if (created) {
        compareCreate();
      }
      Set<Long> visited = new HashSet<>();
      known
          .snapshots()
          .walk(
              this,
              (nid, state) -> {
                visited.add(nid);
                bySnapshot.computeIfPresent(
                    nid,
                    (same, events) -> {
                      events.removeIf(event -> isRight(event, state));
                      return events;
                    });
              });
      bySnapshot.forEach(
          (nid, events) ->
              events.forEach(visited.contains(nid) ? this::findDifferent : this::compareLost));
    }

    private void readSynapse() throws SQLException {
      ByKey rooms = room.rooms();
      rooms.read(
          room.id(),
          "event groups",
          row -> {
            long group = row.getLong("state_group");
            boolean none = row.wasNull();
            int event = known.events().of(row.getString("event_id"));
            groupOf.set(event, none ? NO_GROUP : group);
            if (none != row.getBoolean("outlier")) {
              findings.found(
                  row.getString("event_id"),
                  none ? "is in the timeline without a state" : "is an outlier, but has a state");
            }
          });
      rooms.read(
          room.id(),
          "extremities",
          row -> extremities.add(known.events().of(row.getString("event_id"))));
      Groups.read(room.id(), rooms, "groups", "entries", known.keys(), known.events())
          .walk((group, state) -> prints.put(group, state.print()));
    }

    /**
     * Events that were not carried are the business of the verification of events.
     *
     * @return whether the event that the room began with was carried
     */
    private boolean readDendrite() {
      boolean created = false;
      for (KnownRoom.Event event : known.all()) {
        if (groupOf.has(event.number())) {
          created |= event.number() == create;
          if (event.number() != create && event.snapshot() != 0) {
            bySnapshot.computeIfAbsent(event.snapshot(), nid -> new ArrayList<>()).add(event);
          }
        }
      }
      return created;
    }

    /** What the current state has lost is lost in the state after the newest events, too. */
    private void repair() {
      if (room.repaired().isEmpty()) {
        return;
      }
      WalkedState.Print print = new WalkedState.Print(0, 0);
      for (Map.Entry<String, String> entry : room.state().entrySet()) {
        int key = known.keys().of(entry.getKey());
        print = print.with(key, Interner.NONE, known.events().of(entry.getValue()));
      }
      repaired = print;
      findings.noted(
          room.id(),
          "the state after its newest events is the current one, of which Dendrite lost some");
    }

    private void compareCreate() {
      if (groupOf.get(create) != NO_GROUP) {
        compare(
            create, new WalkedState.Print(0, 0).with(known.keyOf(create), Interner.NONE, create));
      }
    }

    /** An event whose own snapshot cannot be read. */
    private void compareLost(KnownRoom.Event source) {
      if (repaired != null && extremities.contains(source.number())) {
        compare(source.number(), repaired);
      } else {
        findings.noted(
            known.events().text(source.number()),
            "Dendrite has lost the state before it; nobody can tell whether Synapse's is right");
      }
    }

    private boolean isRight(KnownRoom.Event source, WalkedState before) {
      int key = source.rejected() ? Interner.NONE : known.keyOf(source.number());
      WalkedState.Print print = before.print();
      // A room has no state without the event that it began with, even if Dendrite has lost that.
      if (create != Interner.NONE && before.get(known.keyOf(create)) == Interner.NONE) {
        print = print.with(known.keyOf(create), Interner.NONE, create);
      }
      findings.looked();
      return isRight(
          source.number(),
          key == Interner.NONE ? print : print.with(key, before.get(key), source.number()));
    }

    private boolean isRight(int event, WalkedState.Print expected) {
      WalkedState.Print right =
          repaired != null && extremities.contains(event) ? repaired : expected;
      return right.equals(prints.get(groupOf.get(event)));
    }

    private void compare(int event, WalkedState.Print expected) {
      findings.looked();
      if (!isRight(event, expected)) {
        findDifferent(event);
      }
    }

    private void findDifferent(KnownRoom.Event source) {
      if (known.snapshots().isAmbiguous(source.snapshot())) {
        findings.noted(
            known.events().text(source.number()),
            "Dendrite has the state before it more than once; nobody can tell which is right");
      } else {
        findDifferent(source.number());
      }
    }

    private void findDifferent(int event) {
      findings.found(known.events().text(event), "has another state of its room than in Dendrite");
    }

    @Override
    public int key(long eventNid) {
      int key = known.key(eventNid);
      return key != Interner.NONE && groupOf.has(known.event(eventNid)) ? key : Interner.NONE;
    }

    @Override
    public int event(long eventNid) {
      return known.event(eventNid);
    }
  }
}
