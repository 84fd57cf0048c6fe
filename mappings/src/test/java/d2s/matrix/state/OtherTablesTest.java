package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.state.SimulatedRoom.Event;
import d2s.matrix.state.SimulatedRoom.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of three tables counts for an entry of the current state. */
class OtherTablesTest {

  private static final String LOST = "entries that the current state has lost";
  private static final String DIFFER = "tables of Dendrite do not agree";

  private static final StateKey NAME = new StateKey("m.room.name", "");
  private static final StateKey TOPIC = new StateKey("m.room.topic", "");
  private static final StateKey ALICE = member("@alice:" + SimulatedRoom.SERVER);
  private static final StateKey CAROL = member("@carol:" + SimulatedRoom.SERVER);
  private static final StateKey BOB = member("@bob:there.test");

  private final SimulatedRoom room = new SimulatedRoom("!room:there.test", 64);
  private Event create;
  private Event alice;
  private Event carol;
  private Event bob;
  private Event name;
  private Event topic;

  private Event[] shown = {};
  private Event[] members = {};
  private Event[] goesOnFrom = {};

  private static StateKey member(String user) {
    return new StateKey("m.room.member", user);
  }

  @BeforeEach
  void makeRoom() {
    long state = room.snapshot();
    create = room.add(StateKey.CREATE, null, state, Kind.ACCEPTED);
    state = room.after(state, create);
    alice = room.add(ALICE, "join", state, Kind.ACCEPTED);
    state = room.after(state, alice);
    carol = room.add(CAROL, "join", state, Kind.ACCEPTED);
    state = room.after(state, carol);
    bob = room.add(BOB, "join", state, Kind.ACCEPTED);
    state = room.after(state, bob);
    name = room.add(NAME, null, state, Kind.ACCEPTED);
    state = room.after(state, name);
    topic = room.add(TOPIC, null, state, Kind.ACCEPTED);
    room.makeCurrent(room.after(state, topic));
  }

  /** Makes a snapshot of these events the current one. */
  private void current(Event... events) {
    room.current = room.snapshot(room.block(Arrays.stream(events).mapToLong(Event::nid).toArray()));
  }

  private RecordingEmitter migrate() {
    MemoryGroup group = room.group();
    group.put("last_known", Arrays.stream(shown).map(e -> new Object[] {e.id()}).toList());
    group.put("members", Arrays.stream(members).map(e -> new Object[] {e.nid()}).toList());
    group.put("extremities", Arrays.stream(goesOnFrom).map(e -> new Object[] {e.id()}).toList());
    RoomState hook = new RoomState();
    hook.start(Map.of("server_name", SimulatedRoom.SERVER));
    RecordingEmitter written = new RecordingEmitter(room.id);
    hook.group(group, written);
    return written;
  }

  private static String current(RecordingEmitter written, StateKey key) {
    return written.current.containsKey(key) ? written.current.get(key).event() : null;
  }

  private static List<String> defects(RecordingEmitter written) {
    // What the sync stream lacks follows from the damage.
    return written.skipped.stream().filter(line -> !line.contains("sync stream")).toList();
  }

  private static void assertOnly(RecordingEmitter written, String kind, String first) {
    assertThat(defects(written))
        .singleElement()
        .asString()
        .contains(kind, "(1, the first is " + first);
  }

  @Test
  void nothingIsSaidWhereAllAgree() {
    shown = new Event[] {create, alice, carol, bob, name, topic};
    members = new Event[] {alice, carol};

    assertThat(defects(migrate())).isEmpty();
  }

  @Test
  void anEntryThatTheSnapshotHasLostIsTakenFromWhatClientsWereShown() {
    current(create, alice, carol, bob, name);
    shown = new Event[] {create, alice, carol, bob, name, topic};
    members = new Event[] {alice, carol};
    Event message = room.add(null, null, room.current, Kind.ACCEPTED);
    goesOnFrom = new Event[] {message};

    RecordingEmitter written = migrate();

    assertThat(current(written, TOPIC)).isEqualTo(topic.id());
    assertOnly(written, LOST, "m.room.topic");
    // The room goes on from there; what was before stays as it is.
    assertThat(written.stateOf(message.id())).containsEntry(TOPIC, topic.id()).hasSize(6);
    assertThat(written.stateOf(name.id())).doesNotContainKey(TOPIC).hasSize(5);
  }

  @Test
  void onlyWhatTheRoomGoesOnFromGetsTheRepairedState() {
    current(create, alice, carol, bob, name);
    shown = new Event[] {create, alice, carol, bob, name, topic};
    Event message = room.add(null, null, room.current, Kind.ACCEPTED);
    goesOnFrom = new Event[] {name};

    RecordingEmitter written = migrate();

    assertThat(written.stateOf(message.id())).doesNotContainKey(TOPIC);
    assertThat(written.stateOf(name.id())).containsEntry(TOPIC, topic.id());
  }

  @Test
  void nothingGoesOnAnewWhereNothingWasRepaired() {
    shown = new Event[] {create, alice, carol, bob, name, topic};
    goesOnFrom = new Event[] {name};

    assertThat(migrate().stateOf(name.id())).doesNotContainKey(TOPIC);
  }

  /** A snapshot that lost an event goes back to the one before it. */
  @Test
  void theNewerOfTwoEntriesCounts() {
    Event later = room.add(NAME, null, room.current, Kind.ACCEPTED);
    shown = new Event[] {create, alice, carol, bob, later, topic};

    RecordingEmitter back = migrate();
    assertThat(current(back, NAME)).isEqualTo(later.id());
    assertOnly(back, LOST, "m.room.name");

    current(create, alice, carol, bob, later, topic);
    shown = new Event[] {create, alice, carol, bob, name, topic};
    RecordingEmitter ahead = migrate();
    assertThat(current(ahead, NAME)).isEqualTo(later.id());
    assertOnly(ahead, DIFFER, "m.room.name");
  }

  @Test
  void aMembershipCountsAsTwoOfThreeHaveIt() {
    Event left = room.add(CAROL, "leave", room.current, Kind.ACCEPTED);
    shown = new Event[] {create, alice, left, bob, name, topic};
    members = new Event[] {alice, left};

    RecordingEmitter gone = migrate();
    assertThat(current(gone, CAROL)).isEqualTo(left.id());
    assertOnly(gone, LOST, CAROL.key());

    members = new Event[] {alice, carol};
    RecordingEmitter stays = migrate();
    assertThat(current(stays, CAROL)).isEqualTo(carol.id());
    assertOnly(stays, DIFFER, CAROL.key());
  }

  /** Also where the one that two tables have is the older one. */
  @Test
  void anOlderMembershipOfTwoTablesCounts() {
    Event left = room.add(CAROL, "leave", room.current, Kind.ACCEPTED);
    current(create, alice, left, bob, name, topic);
    shown = new Event[] {create, alice, carol, bob, name, topic};
    members = new Event[] {alice, carol};

    RecordingEmitter written = migrate();

    assertThat(current(written, CAROL)).isEqualTo(carol.id());
    assertOnly(written, LOST, CAROL.key());
  }

  @Test
  void withoutTheThirdTableTheNewerMembershipCounts() {
    Event left = room.add(CAROL, "leave", room.current, Kind.ACCEPTED);
    shown = new Event[] {create, alice, left, bob, name, topic};
    members = new Event[] {alice};

    assertThat(current(migrate(), CAROL)).isEqualTo(left.id());

    current(create, alice, left, bob, name, topic);
    shown = new Event[] {create, alice, carol, bob, name, topic};
    assertThat(current(migrate(), CAROL)).isEqualTo(left.id());
  }

  @Test
  void theListOfMembersAloneChangesNothingAndIsNamed() {
    Event left = room.add(CAROL, "leave", room.current, Kind.ACCEPTED);
    shown = new Event[] {create, alice, carol, bob, name, topic};
    members = new Event[] {alice, left};

    RecordingEmitter written = migrate();

    assertThat(current(written, CAROL)).isEqualTo(carol.id());
    assertOnly(written, DIFFER, CAROL.key());
  }

  @Test
  void aMemberWhomOnlyTheListKnowsIsNamedIfStillThere() {
    current(create, alice, bob, name, topic);
    members = new Event[] {alice, carol};
    assertOnly(migrate(), DIFFER, CAROL.key());

    Event left = room.add(CAROL, "leave", room.current, Kind.ACCEPTED);
    members = new Event[] {alice, left};
    assertThat(defects(migrate())).isEmpty();
  }

  @Test
  void whatClientsWereNotShownStaysAndIsNamed() {
    shown = new Event[] {alice, carol, bob, name};

    RecordingEmitter written = migrate();

    assertThat(current(written, TOPIC)).isEqualTo(topic.id());
    // Nobody misses the create event, which is never shown where it was lost.
    assertOnly(written, DIFFER, "m.room.topic");
  }

  @Test
  void rejectedEventsAndThoseOfOthersAreNoWitnesses() {
    Event refused = room.add(NAME, null, room.current, Kind.REJECTED);
    Event refusedLeave = room.add(CAROL, "leave", room.current, Kind.REJECTED);
    Event bobLeft = room.add(BOB, "leave", room.current, Kind.ACCEPTED);
    shown = new Event[] {create, alice, carol, bob, name, topic, refused};
    members = new Event[] {alice, carol, refusedLeave, bobLeft};

    RecordingEmitter written = migrate();

    assertThat(current(written, NAME)).isEqualTo(name.id());
    assertThat(defects(written)).isEmpty();
  }

  @Test
  void whatClientsWereShownStandsForAStateThatIsGone() {
    room.snapshots.remove(room.current);
    shown = new Event[] {create, alice, name};

    RecordingEmitter written = migrate();

    assertThat(written.current).containsOnlyKeys(StateKey.CREATE, ALICE, NAME);
    assertThat(defects(written)).anyMatch(line -> line.contains("current state is missing"));
  }

  /** As where the room has the number of another room's snapshot. */
  @Test
  void aStateInWhichNothingIsOfTheRoomIsGoneToo() {
    room.snapshots.put(room.current, new long[] {999});
    shown = new Event[] {create, alice, name};

    RecordingEmitter written = migrate();

    assertThat(written.current).containsOnlyKeys(StateKey.CREATE, ALICE, NAME);
    assertThat(defects(written)).anyMatch(line -> line.contains("current state is missing"));

    shown = new Event[] {};
    assertThat(migrate().current).isEmpty();
  }

  /** The number of the snapshot can be 0 in a room in use; where nobody was ever, it is 0 too. */
  @Test
  void aRoomWithoutANumberOfASnapshotLacksOneIfClientsWereShownAState() {
    room.current = 0;
    shown = new Event[] {create, alice, name};
    RecordingEmitter inUse = migrate();
    assertThat(inUse.current).containsOnlyKeys(StateKey.CREATE, ALICE, NAME);
    assertThat(defects(inUse)).anyMatch(line -> line.contains("current state is missing"));

    shown = new Event[] {};
    RecordingEmitter empty = migrate();
    assertThat(empty.current).isEmpty();
    assertThat(defects(empty)).isEmpty();
  }
}
