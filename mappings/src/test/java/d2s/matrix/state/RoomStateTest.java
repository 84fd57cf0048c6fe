package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.extension.Hook;
import d2s.matrix.state.SimulatedRoom.Event;
import d2s.matrix.state.SimulatedRoom.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single cases that a reader may want to see, and what happens to damaged rooms. */
class RoomStateTest {

  private static final StateKey NAME = new StateKey("m.room.name", "");
  private static final StateKey ALICE = member("@alice:" + SimulatedRoom.SERVER);
  private static final StateKey BOB = member("@bob:there.test");

  private final SimulatedRoom room = new SimulatedRoom("!room:there.test", 64);
  private Event create;
  private Event alice;
  private Event name;
  private long beforeAlice;
  private long beforeName;
  private long afterName;

  private static StateKey member(String user) {
    return new StateKey("m.room.member", user);
  }

  @BeforeEach
  void makeRoom() {
    long empty = room.snapshot();
    create = room.add(StateKey.CREATE, null, empty, Kind.ACCEPTED);
    beforeAlice = room.after(empty, create);
    room.makeCurrent(beforeAlice);
    alice = room.add(ALICE, "join", beforeAlice, Kind.ACCEPTED);
    beforeName = room.after(beforeAlice, alice);
    room.makeCurrent(beforeName);
    name = room.add(NAME, null, beforeName, Kind.ACCEPTED);
    afterName = room.after(beforeName, name);
    room.makeCurrent(afterName);
  }

  private RecordingEmitter migrate() {
    return SimulatedRoom.migrate(room).get(0);
  }

  private static Map<StateKey, String> state(Event... events) {
    Map<StateKey, String> state = new HashMap<>();
    for (Event event : events) {
      state.put(event.key(), event.id());
    }
    return state;
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Hook.class).stream().map(ServiceLoader.Provider::type))
        .contains(RoomState.class);
  }

  @Test
  void asksForTheServerName() {
    assertThatThrownBy(() -> new RoomState().start(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("server_name");
  }

  @Test
  void writesOneGroupForEachStateAndOneRowForEachChange() {
    Event message = room.add(null, null, afterName, Kind.ACCEPTED);

    RecordingEmitter written = migrate();

    assertThat(written.skipped).isEmpty();
    assertThat(written.groups).hasSize(3);
    assertThat(written.rows).isEqualTo(3);
    assertThat(written.eventGroups.get(message.id())).isEqualTo(written.eventGroups.get(name.id()));
    assertThat(written.stateOf(name.id())).isEqualTo(state(create, alice, name));
    assertThat(written.groups.get(written.eventGroups.get(name.id()))).isEqualTo(name.id());
  }

  @Test
  void softFailedEventsChangeTheirOwnStateOnlyAndRejectedOnesNone() {
    Event softFailed = room.add(NAME, null, afterName, Kind.SOFT_FAILED);
    Event rejected = room.add(NAME, null, afterName, Kind.REJECTED);
    Event message = room.add(null, null, afterName, Kind.ACCEPTED);

    RecordingEmitter written = migrate();

    assertThat(written.stateOf(softFailed.id())).isEqualTo(state(create, alice, softFailed));
    assertThat(written.stateOf(rejected.id())).isEqualTo(state(create, alice, name));
    assertThat(written.stateOf(message.id())).isEqualTo(state(create, alice, name));
    assertThat(written.skipped).isEmpty();
  }

  @Test
  void statesThatWereReadFromDamagedBlocksKeepTheRest() {
    long block = room.block(name.nid());
    room.blocks.remove(block);
    Event message = room.add(null, null, afterName, Kind.ACCEPTED);

    RecordingEmitter written = migrate();

    assertThat(written.stateOf(message.id())).isEqualTo(state(create, alice));
    assertThat(written.skipped.get(0))
        .contains(room.id, "blocks are missing", "block NID " + block, "snapshot NID " + afterName);
  }

  @Test
  void blocksMayNameEventsThatNobodyKnows() {
    long odd = room.snapshot(room.block(create.nid(), alice.nid(), 999_999));
    Event message = room.add(null, null, odd, Kind.ACCEPTED);

    RecordingEmitter written = migrate();

    assertThat(written.stateOf(message.id())).isEqualTo(state(create, alice));
    assertThat(written.skipped).singleElement().asString().contains("event NID 999999");
  }

  @Test
  void blocksOutOfOrderAreReadInTheOrderOfTheArray() {
    Event later = room.add(NAME, null, afterName, Kind.ACCEPTED);
    long laterBlock = room.block(later.nid());
    long odd = room.snapshot(room.block(create.nid()), laterBlock, room.block(name.nid()));
    Event message = room.add(null, null, odd, Kind.ACCEPTED);

    RecordingEmitter written = migrate();

    assertThat(written.stateOf(message.id())).isEqualTo(state(create, name));
    assertThat(written.skipped).singleElement().asString().contains("do not ascend");
  }

  @Test
  void theHighestEventOfABlockWins() {
    Event later = room.add(NAME, null, afterName, Kind.ACCEPTED);
    long odd = room.snapshot(room.block(create.nid(), alice.nid(), name.nid(), later.nid()));
    Event message = room.add(null, null, odd, Kind.ACCEPTED);

    assertThat(migrate().stateOf(message.id())).isEqualTo(state(create, alice, later));
  }

  @Test
  void eventsWithoutSnapshotGetTheStateOfTheirNeighbours() {
    Event topic = room.add(new StateKey("m.room.topic", ""), null, 0, Kind.ACCEPTED);
    Event message = room.add(null, null, 0, Kind.ACCEPTED);
    Event dangling = room.add(null, null, 3, Kind.ACCEPTED);
    long afterTopic = room.after(afterName, topic);
    Event next = room.add(null, null, afterTopic, Kind.ACCEPTED);

    RecordingEmitter written = migrate();

    assertThat(written.stateOf(topic.id())).isEqualTo(state(create, alice, name, topic));
    assertThat(written.stateOf(message.id())).isEqualTo(state(create, alice, name));
    assertThat(written.stateOf(dangling.id())).isEqualTo(state(create, alice, name));
    assertThat(written.stateOf(next.id())).isEqualTo(state(create, alice, name, topic));
    assertThat(written.skipped)
        .singleElement()
        .asString()
        .contains("without a readable snapshot", "(3, the first is " + topic.id());
  }

  @Test
  void aRoomWhoseStateIsGoneStillHasAGroupForEachEvent() {
    room.snapshots.clear();

    RecordingEmitter written = migrate();

    assertThat(written.eventGroups).containsOnlyKeys(create.id(), alice.id(), name.id());
    assertThat(written.stateOf(alice.id())).isEqualTo(state(create));
    assertThat(written.current).isEmpty();
    assertThat(written.skipped).hasSize(2).anyMatch(line -> line.contains("nobody is in the room"));
  }

  @Test
  void theStateAtTheExtremityStandsInForAMissingCurrentState() {
    room.extremitySnapshot = beforeName;
    room.snapshots.remove(afterName);

    RecordingEmitter written = migrate();

    assertThat(written.current).containsOnlyKeys(StateKey.CREATE, ALICE, NAME);
    assertThat(written.skipped).singleElement().asString().contains("snapshot NID " + afterName);
  }

  @Test
  void theCreateEventIsAddedToStatesThatLackIt() {
    long odd = room.snapshot(room.block(alice.nid()));
    Event message = room.add(null, null, odd, Kind.ACCEPTED);

    RecordingEmitter written = migrate();

    assertThat(written.stateOf(message.id())).isEqualTo(state(create, alice));
    assertThat(written.skipped).singleElement().asString().contains("create event");
  }

  /** As after a join by way of another server that sent only the state. */
  @Test
  void aRoomWithoutAnyStateGetsOneOfItsCreateEvent() {
    SimulatedRoom bare = new SimulatedRoom("!bare:there.test", 64);
    Event outlier = bare.add(StateKey.CREATE, null, 0, Kind.OUTLIER);
    Event message = bare.add(null, null, 0, Kind.ACCEPTED);

    RecordingEmitter written = SimulatedRoom.migrate(bare).get(0);

    assertThat(written.stateOf(message.id())).isEqualTo(state(outlier));
    assertThat(written.current).isEmpty();
    assertThat(written.skipped).singleElement().asString().contains("without a readable snapshot");
  }

  @Test
  void ofTwoCreateEventsNoneIsCertain() {
    room.add(StateKey.CREATE, null, afterName, Kind.ACCEPTED);
    Event message = room.add(null, null, room.snapshot(room.block(alice.nid())), Kind.ACCEPTED);

    RecordingEmitter written = migrate();

    assertThat(written.stateOf(message.id())).isEqualTo(state(alice));
    assertThat(written.skipped).isEmpty();
  }

  @Test
  void theCreateEventNeedNotBeTheFirst() {
    SimulatedRoom odd = new SimulatedRoom("!odd:there.test", 64);
    Event first = odd.add(NAME, null, 0, Kind.OUTLIER);
    Event second = odd.add(StateKey.CREATE, null, odd.snapshot(), Kind.ACCEPTED);
    Event message = odd.add(null, null, odd.snapshot(odd.block(first.nid())), Kind.ACCEPTED);

    RecordingEmitter written = SimulatedRoom.migrate(odd).get(0);

    assertThat(written.stateOf(message.id())).isEqualTo(state(first, second));
  }

  @Test
  void aBlockThatIsNamedTwiceIsOutOfOrder() {
    long block = room.block(create.nid(), alice.nid());
    Event message = room.add(null, null, room.snapshot(block, block), Kind.ACCEPTED);

    RecordingEmitter written = migrate();

    assertThat(written.stateOf(message.id())).isEqualTo(state(create, alice));
    assertThat(written.skipped).singleElement().asString().contains("do not ascend");
  }

  @Test
  void aChangeOfAnEventThatNobodyKnowsIsNamed() {
    room.changes.add(
        new SimulatedRoom.Change(900, new String[] {"$unknown"}, new String[] {"$gone"}));

    RecordingEmitter written = migrate();

    assertThat(written.skipped)
        .singleElement()
        .asString()
        .contains("the sync stream refers to were not carried (2, the first is $gone)");
  }

  @Test
  void aRoomWithoutCreateEventIsReported() {
    room.events.remove(create.nid());

    RecordingEmitter written = migrate();

    assertThat(written.eventGroups).isEmpty();
    assertThat(written.groups).isEmpty();
    assertThat(written.skipped).singleElement().asString().contains("without create event");
  }

  @Test
  void aRoomThatIsKnownFromAnInviteHasNoState() {
    SimulatedRoom stub = new SimulatedRoom("!stub:there.test", 64);
    stub.add(ALICE, "invite", 0, Kind.OUTLIER);

    RecordingEmitter written = SimulatedRoom.migrate(stub).get(0);

    assertThat(written.groups).isEmpty();
    assertThat(written.localMemberships).isEmpty();
    assertThat(written.skipped).isEmpty();
  }

  @Test
  void theCurrentStateIsForgottenWhenTheLastLocalUserLeaves() {
    Event leave = room.add(ALICE, "leave", afterName, Kind.ACCEPTED);
    long left = room.after(afterName, leave);
    room.makeCurrent(left);
    long position = room.changes.get(room.changes.size() - 1).streamId();

    RecordingEmitter written = migrate();

    assertThat(written.current).isEmpty();
    assertThat(written.localMemberships)
        .containsOnly(
            Map.entry(
                ALICE.key(),
                new RecordingEmitter.Membership(leave.id(), "leave", leave.stream(), "@sender:x")));
    assertThat(written.deltas.stream().filter(delta -> delta.streamId() == position))
        .containsExactlyInAnyOrder(
            new RecordingEmitter.Delta(position, StateKey.CREATE, null, create.id()),
            new RecordingEmitter.Delta(position, ALICE, null, alice.id()),
            new RecordingEmitter.Delta(position, NAME, null, name.id()));
  }

  @Test
  void theWholeStateIsToldToOneWhoComesBack() {
    Event leave = room.add(ALICE, "leave", afterName, Kind.ACCEPTED);
    room.makeCurrent(room.after(afterName, leave));
    Event bob = room.add(BOB, "join", 0, Kind.OUTLIER);
    Event back = room.add(ALICE, "join", 0, Kind.OUTLIER);
    room.makeCurrent(room.snapshot(room.block(create.nid(), name.nid(), bob.nid(), back.nid())));
    long position = room.changes.get(room.changes.size() - 1).streamId();

    RecordingEmitter written = migrate();

    assertThat(written.current).containsOnlyKeys(StateKey.CREATE, NAME, BOB, ALICE);
    assertThat(written.deltas.stream().filter(delta -> delta.streamId() == position))
        .containsExactlyInAnyOrder(
            new RecordingEmitter.Delta(position, StateKey.CREATE, create.id(), null),
            new RecordingEmitter.Delta(position, ALICE, back.id(), null),
            new RecordingEmitter.Delta(position, BOB, bob.id(), null),
            new RecordingEmitter.Delta(position, NAME, name.id(), null));
  }

  @Test
  void whatTheSyncStreamLacksIsAddedToItsEnd() {
    Event topic = room.add(new StateKey("m.room.topic", ""), null, afterName, Kind.ACCEPTED);
    room.current = room.after(afterName, topic);
    long position = room.changes.get(room.changes.size() - 1).streamId();

    RecordingEmitter written = migrate();

    assertThat(written.deltas)
        .contains(new RecordingEmitter.Delta(position, topic.key(), topic.id(), null));
    assertThat(written.skipped).singleElement().asString().contains("sync stream", topic.id());
  }

  @Test
  void aMemberEventWithoutMembershipIsLeftOutOfTheLocalMemberships() {
    Event odd = room.add(member("@odd:" + SimulatedRoom.SERVER), null, afterName, Kind.ACCEPTED);
    room.makeCurrent(room.after(afterName, odd));

    RecordingEmitter written = migrate();

    assertThat(written.localMemberships).containsOnlyKeys(ALICE.key());
    assertThat(written.skipped).singleElement().asString().contains("without a membership");
  }

  @Test
  void usersOfServersThatOnlyLookLocalAreRemote() {
    assertThat(member("@a:xhere.test:8448").isMemberOf("here.test:8448")).isFalse();
    assertThat(member("@a:here.test").isMemberOf("here.test:8448")).isFalse();
    assertThat(new StateKey("org.example", "@a:here.test").isMemberOf("here.test")).isFalse();
    assertThat(member("@a:here.test:8448").isMemberOf("here.test:8448")).isTrue();
  }

  @Test
  void wantsTheStateEventsInTheOrderOfTheirNids() {
    MemoryGroup group = room.group();
    group.put(
        "state_events",
        List.of(
            new Object[] {name.nid(), name.id(), beforeName, false, false},
            new Object[] {alice.nid(), alice.id(), beforeAlice, false, false}));
    RoomState hook = new RoomState();
    hook.start(Map.of("server_name", SimulatedRoom.SERVER));

    assertThatThrownBy(() -> hook.group(group, new RecordingEmitter(room.id)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("order it by event_nid");
  }
}
