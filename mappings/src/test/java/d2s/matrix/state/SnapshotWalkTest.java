package d2s.matrix.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From snapshot to snapshot, whatever they share, the state is that of the snapshot. */
class SnapshotWalkTest {

  private static final String ROOM = "!a:there.test";

  /** The create event is the first; of the others three stand at each slot. */
  private static final int EVENTS = 31;

  private final StateEvents events = events();

  private static StateEvents events() {
    List<Object[]> target = new ArrayList<>();
    List<Object[]> source = new ArrayList<>();
    for (long event = 0; event < EVENTS; event++) {
      StateKey key =
          event == 0 ? StateKey.CREATE : new StateKey("org.example", "" + (event - 1) / 3);
      target.add(new Object[] {"$" + event, key.type(), key.key(), null, event, "@sender:x"});
      source.add(new Object[] {event, "$" + event, 0L, false, false});
    }
    MemoryGroup group = new MemoryGroup(ROOM);
    group.put("state", target);
    group.put("state_events", source);
    StateEvents events = new StateEvents("here.test");
    events.readTarget(group.rows(StateEvents.STATE));
    events.readSource(group.rows(StateEvents.STATE_EVENTS));
    return events;
  }

  private StateBlocks blocks(List<long[]> blocks) {
    List<Object[]> rows = new ArrayList<>();
    blocks.forEach(block -> rows.add(new Object[] {(long) rows.size(), block}));
    MemoryGroup group = new MemoryGroup(ROOM);
    group.put("blocks", rows);
    return new StateBlocks(events, new StateDefects(), group.rows(StateBlocks.BLOCKS));
  }

  /** Blocks as they are, and damaged ones with several events of one slot. */
  @Test
  void everySnapshotHasItsState() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<long[]> contents = new ArrayList<>();
      for (int block = 0; block < 12; block++) {
        int most = random.nextBoolean() ? 3 : EVENTS;
        contents.add(random.longs(random.nextInt(most), 0, EVENTS).sorted().distinct().toArray());
      }
      int create = seed % 4 == 0 ? StateEvents.NONE : 0;
      WorkingState state = new WorkingState(events.slotCount());
      SnapshotWalk walk = new SnapshotWalk(state, events, blocks(contents), create);
      assertThat(state.copy()).isEqualTo(expected(contents, new int[0], create));
      int[] path = {};
      for (int step = 0; step < 60; step++) {
        path = next(random, path);
        walk.moveTo(path);

        assertThat(state.copy())
            .as("%s", Arrays.toString(path))
            .isEqualTo(expected(contents, path, create));
        if (create != StateEvents.NONE) {
          assertThat(walk.namesCreate())
              .isEqualTo(
                  Arrays.stream(path)
                      .anyMatch(block -> Arrays.stream(contents.get(block)).anyMatch(e -> e == 0)));
        }
      }
    }
  }

  /** Some of the blocks before, and others after them. */
  private static int[] next(Random random, int[] path) {
    int kept = random.nextInt(path.length + 1);
    int[] next = Arrays.copyOf(path, kept + random.nextInt(4));
    for (int i = kept; i < next.length; i++) {
      next[i] = random.nextInt(12);
    }
    return next;
  }

  private int[] expected(List<long[]> contents, int[] path, int create) {
    int[] state = new int[events.slotCount()];
    Arrays.fill(state, StateEvents.NONE);
    if (create != StateEvents.NONE) {
      state[events.slot(create)] = create;
    }
    for (int block : path) {
      for (long event : contents.get(block)) {
        state[events.slot((int) event)] = (int) event;
      }
    }
    return state;
  }

  @Test
  void aListMayBeLongerThanAnyThatDendriteWrites() {
    List<long[]> contents = new ArrayList<>();
    for (int event = 0; event < EVENTS; event++) {
      contents.add(new long[] {event});
    }
    WorkingState state = new WorkingState(events.slotCount());
    SnapshotWalk walk = new SnapshotWalk(state, events, blocks(contents), 0);
    int[] path = new int[200];
    for (int i = 0; i < path.length; i++) {
      path[i] = i % EVENTS;
    }
    walk.moveTo(path);
    assertThat(state.copy()).isEqualTo(expected(contents, path, 0));
    int[] half = Arrays.copyOf(path, 100);
    walk.moveTo(half);

    assertThat(state.copy()).isEqualTo(expected(contents, half, 0));
  }
}
