package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.state.SimulatedRoom.Event;
import d2s.matrix.state.SimulatedRoom.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every room, however strange its history. */
class RoomStatePropertyTest {

  @Property(tries = 1000)
  void everyEventHasItsState(@ForAll long seed, @ForAll @IntRange(max = 150) int steps) {
    SimulatedRoom room = RandomRoom.make(new Random(seed), "!a:there.test", steps);
    SimulatedRoom next = RandomRoom.make(new Random(~seed), "!b:there.test", steps / 4);

    List<RecordingEmitter> written = SimulatedRoom.migrate(room, next);

    check(room, written.get(0));
    check(next, written.get(1));
    Set<Long> ids = new TreeSet<>(written.get(0).groups.keySet());
    ids.addAll(written.get(1).groups.keySet());
    assertThat(ids)
        .as("ids are numbered from 1 up across rooms")
        .hasSize(written.get(0).groups.size() + written.get(1).groups.size())
        .allMatch(id -> id >= 1 && id <= ids.size());
  }

  /** A damaged block with two events of one slot, after one with a third that both come before. */
  @Example
  void theHighestEventOfADamagedBlockWins() {
    everyEventHasItsState(84755, 88);
  }

  private static void check(SimulatedRoom room, RecordingEmitter written) {
    written.checkGroups();
    assertThat(written.eventGroups).hasSize(room.timeline().size());
    for (Event event : room.timeline()) {
      assertThat(written.stateOf(event.id())).as("%s", event).isEqualTo(room.expected(event));
    }
  }

  @Property(tries = 500)
  void currentStateIsKeptWhileALocalUserIsJoined(
      @ForAll long seed, @ForAll @IntRange(max = 150) int steps) {
    SimulatedRoom room = RandomRoom.make(new Random(seed), "!a:there.test", steps);

    RecordingEmitter written = SimulatedRoom.migrate(room).get(0);

    Map<StateKey, Event> state = room.state(room.current);
    room.events.values().stream()
        .filter(event -> StateKey.CREATE.equals(event.key()) && event.kind() != Kind.REJECTED)
        .forEach(event -> state.putIfAbsent(StateKey.CREATE, event));
    boolean joined = state.values().stream().anyMatch(RoomStatePropertyTest::isLocalJoin);
    Map<StateKey, RecordingEmitter.Current> current = new HashMap<>();
    Map<String, RecordingEmitter.Membership> memberships = new HashMap<>();
    state.forEach(
        (key, event) -> {
          if (joined) {
            current.put(
                key, new RecordingEmitter.Current(event.id(), event.membership(), event.stream()));
          }
          if (key.isMemberOf(SimulatedRoom.SERVER)) {
            memberships.put(
                key.key(),
                new RecordingEmitter.Membership(
                    event.id(), event.membership(), event.stream(), "@sender:x"));
          }
        });
    assertThat(written.current).isEqualTo(current);
    assertThat(written.localMemberships).isEqualTo(memberships);
  }

  @Property(tries = 500)
  void deltasTellTheCurrentStateAtEachPosition(
      @ForAll long seed, @ForAll @IntRange(max = 150) int steps) {
    SimulatedRoom room = RandomRoom.make(new Random(seed), "!a:there.test", steps);

    RecordingEmitter written = SimulatedRoom.migrate(room).get(0);

    // What Dendrite said, with a state that is forgotten while no local user is joined.
    Map<String, Event> byId = new HashMap<>();
    room.events.values().forEach(event -> byId.put(event.id(), event));
    Map<Long, Map<StateKey, String>> expected = new TreeMap<>();
    Map<StateKey, Event> real = new HashMap<>();
    boolean away = false;
    for (SimulatedRoom.Change change : room.changes) {
      boolean local = false;
      for (String id : change.removed()) {
        real.remove(byId.get(id).key());
        local |= byId.get(id).key().isMemberOf(SimulatedRoom.SERVER);
      }
      for (String id : change.added()) {
        real.put(byId.get(id).key(), byId.get(id));
        local |= byId.get(id).key().isMemberOf(SimulatedRoom.SERVER);
      }
      if (local) {
        away = real.values().stream().noneMatch(RoomStatePropertyTest::isLocalJoin);
      }
      expected.put(change.streamId(), away ? Map.of() : SimulatedRoom.ids(real));
    }

    Map<StateKey, String> told = new HashMap<>();
    long last = room.changes.get(room.changes.size() - 1).streamId();
    int at = 0;
    for (long position : expected.keySet()) {
      while (at < written.deltas.size() && written.deltas.get(at).streamId() == position) {
        RecordingEmitter.Delta delta = written.deltas.get(at++);
        assertThat(told.get(delta.key())).isEqualTo(delta.before());
        assertThat(delta.event()).isNotEqualTo(delta.before());
        told.compute(delta.key(), (key, old) -> delta.event());
      }
      if (position < last) {
        assertThat(told).as("at %s", position).isEqualTo(expected.get(position));
      }
    }
    assertThat(at).as("every row is at the position of a change").isEqualTo(written.deltas.size());
    Map<StateKey, String> current = new HashMap<>();
    written.current.forEach((key, row) -> current.put(key, row.event()));
    assertThat(told).as("the rows lead to the current state").isEqualTo(current);
  }

  private static boolean isLocalJoin(Event event) {
    return event.key().isMemberOf(SimulatedRoom.SERVER) && "join".equals(event.membership());
  }
}
