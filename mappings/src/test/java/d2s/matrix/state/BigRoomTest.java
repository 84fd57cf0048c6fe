package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.Emitter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rooms of a size at which a careless layout takes minutes and hundreds of millions of rows. */
class BigRoomTest {

  private static final int MEMBERS = 50_000;

  @Test
  void writesABigRoomInFewRowsAndLittleTime() {
    Random random = new Random(1);
    BigRoom room = new BigRoom(MEMBERS, 20_000, n -> random.nextInt(MEMBERS + 1 + n / 2), 1, false);

    RecordingEmitter written =
        measure("50,000 members, 20,000 changes", room, Duration.ofSeconds(10));

    // The layout of Synapse itself: a complete copy every 100 hops.
    long copies = room.changes() / 100L * MEMBERS + room.changes();
    assertThat(written.rows).isLessThanOrEqualTo(copies * 15 / 100);
    check(room, written);
  }

  @Test
  void followsABranchThatLacksEntriesOfTheOther() {
    // Each branch has 200 new members whom the other lacks, then both go on changing old ones.
    BigRoom room =
        new BigRoom(MEMBERS, 2_000, n -> n < 400 ? MEMBERS + n : (n * 7_919) % MEMBERS, 2, true);

    RecordingEmitter written =
        measure("50,000 members, two branches in turn", room, Duration.ofSeconds(10));

    assertThat(written.rows).isLessThan(3L * MEMBERS);
    check(room, written);
  }

  private static RecordingEmitter measure(String name, BigRoom room, Duration limit) {
    Emitter nowhere =
        new Emitter() {
          @Override
          public void emit(String row, Object... values) {}

          @Override
          public void skip(String what, String reason) {
            throw new AssertionError(what + ": " + reason);
          }
        };
    // The time of this thread, since others may compete for the processor.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    hook().group(room.group(), nowhere);
    Duration time = Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    RecordingEmitter written = new RecordingEmitter(BigRoom.ROOM);
    hook().group(room.group(), written);
    System.out.printf(
        "%s: %d ms, %d groups, %d entries%n",
        name, time.toMillis(), written.groups.size(), written.rows);

    assertThat(time).isLessThan(limit);
    return written;
  }

  private static RoomState hook() {
    RoomState hook = new RoomState();
    hook.start(Map.of("server_name", SimulatedRoom.SERVER));
    return hook;
  }

  /** Compares every 499th state with the naive one, and bounds the chain of every group. */
  private static void check(BigRoom room, RecordingEmitter written) {
    Map<Integer, Map<StateKey, String>> branches = new HashMap<>();
    Map<StateKey, String> first = new HashMap<>();
    first.put(StateKey.CREATE, room.id(1));
    for (int member = 0; member < room.members(); member++) {
      first.put(BigRoom.key(member), room.id(member + 2));
    }
    for (int change = 0; change < room.changes(); change++) {
      Map<StateKey, String> state =
          branches.computeIfAbsent(room.branch(change), branch -> new HashMap<>(first));
      String event = room.id(room.firstChange() + change);
      state.put(BigRoom.key(room.member(change)), event);
      long group = written.eventGroups.get(event);
      assertThat(written.chain(group)).hasSizeLessThanOrEqualTo(StateGroupWriter.LONGEST_CHAIN + 1);
      if (change % 499 == 0 || change == room.changes() - 1) {
        assertThat(written.state(group).equals(state)).as("state after %s", event).isTrue();
      }
    }
    assertThat(written.eventGroups).hasSize(room.changes());
  }
}
