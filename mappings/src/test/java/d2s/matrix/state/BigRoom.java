package d2s.matrix.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A big room that is made while it is read, so that what is measured is the memory of the hook.
 *
 * <p>The server joins a room with many members, whose join events it then holds as outliers, and
 * sees member events from there on, one after the other. Every 64 changes, or with each change,
 * Dendrite writes the complete state into one block.
 */
final class BigRoom {

  static final String ROOM = "!big:there.test";

  private static final int LONGEST_LIST = 64;

  /** Whom the changes concern. */
  interface Script {
    /** The member that a change concerns; members above the first ones are new. */
    int member(int number);
  }

  private final int members;
  private final int changes;
  private final boolean everyStateInOneBlock;
  private final int[] branchOf;
  private final int[] changed;
  private final int slots;

  /**
   * @param members how many are in the room at first
   * @param script whom each change concerns
   * @param branches how many branches the room has; changes go to them in turn, and each knows only
   *     its own
   */
  BigRoom(int members, int changes, Script script, int branches, boolean everyStateInOneBlock) {
    this.members = members;
    this.changes = changes;
    this.everyStateInOneBlock = everyStateInOneBlock;
    changed = IntStream.range(0, changes).map(script::member).toArray();
    branchOf = IntStream.range(0, changes).map(number -> number % branches).toArray();
    slots = Math.max(members, Arrays.stream(changed).max().orElse(0) + 1);
  }

  // NIDs: create 1, joins 2.., changes after them. Blocks and snapshots count on their own.

  long firstChange() {
    return members + 2L;
  }

  String id(long nid) {
    return "$event-" + nid;
  }

  static StateKey key(int member) {
    return new StateKey("m.room.member", "@member" + member + ":there.test");
  }

  int members() {
    return members;
  }

  int changes() {
    return changes;
  }

  int member(int change) {
    return changed[change];
  }

  int branch(int change) {
    return branchOf[change];
  }

  private long blockOfState(int change) {
    return 10L + 2L * change;
  }

  private long blockOfChange(int change) {
    return 11L + 2L * change;
  }

  /** The snapshot before a change; that of number {@code changes} is the last one. */
  private long snapshot(int change) {
    return 5L + change;
  }

  /** The last change of the same branch before a change, or -1. */
  private int previous(int change) {
    int branch = change == changes ? branchOf[changes - 1] : branchOf[change];
    for (int i = change - 1; i >= 0; i--) {
      if (branchOf[i] == branch) {
        return i;
      }
    }
    return -1;
  }

  MemoryGroup group() {
    MemoryGroup group = new MemoryGroup(ROOM);
    group.put("room", SimulatedRoom.rows(new Object[] {snapshot(changes), null}));
    int stateEvents = 1 + members + changes;
    group.put(
        "state",
        rows(
            stateEvents,
            i -> {
              StateKey key =
                  i == 0 ? StateKey.CREATE : key(i <= members ? i - 1 : changed[i - members - 1]);
              return new Object[] {
                id(i + 1), new String(key.type()), key.key(), i == 0 ? null : "join", i + 1L, "@x:y"
              };
            }));
    group.put(
        "state_events",
        rows(
            stateEvents,
            i -> {
              long snapshot = i <= members ? 0 : snapshot(i - members - 1);
              return new Object[] {i + 1L, id(i + 1), snapshot, false, i <= members};
            }));
    group.put(
        "events",
        rows(changes, i -> new Object[] {firstChange() + i, id(firstChange() + i), snapshot(i)}));
    group.put("blocks", this::blocks);
    group.put("snapshots", this::snapshots);
    return group;
  }

  private static Iterable<Object[]> rows(int count, IntFunction<Object[]> row) {
    return () -> IntStream.range(0, count).mapToObj(row).iterator();
  }

  private boolean startsAnew(int change) {
    return everyStateInOneBlock || change % LONGEST_LIST == 0;
  }

  private Iterator<Object[]> blocks() {
    BitSet[] states = new BitSet[Arrays.stream(branchOf).max().orElse(0) + 1];
    int[][] lastOfMember = new int[states.length][slots];
    for (int branch = 0; branch < states.length; branch++) {
      states[branch] = new BitSet();
      states[branch].set(1, members + 2);
      for (int member = 0; member < members; member++) {
        lastOfMember[branch][member] = member + 2;
      }
    }
    return IntStream.rangeClosed(0, changes)
        .boxed()
        .flatMap(
            change -> {
              List<Object[]> rows = new ArrayList<>();
              int branch = change == changes ? branchOf[changes - 1] : branchOf[change];
              if (startsAnew(change)) {
                long[] all = new long[states[branch].cardinality()];
                int size = 0;
                for (int nid = states[branch].nextSetBit(0);
                    nid >= 0;
                    nid = states[branch].nextSetBit(nid + 1)) {
                  all[size++] = nid;
                }
                rows.add(new Object[] {blockOfState(change), all});
              }
              if (change < changes) {
                int nid = (int) firstChange() + change;
                states[branch].clear(lastOfMember[branch][changed[change]]);
                states[branch].set(nid);
                lastOfMember[branch][changed[change]] = nid;
                rows.add(new Object[] {blockOfChange(change), new long[] {nid}});
              }
              return rows.stream();
            })
        .iterator();
  }

  private Iterator<Object[]> snapshots() {
    long[][] lists = new long[changes + 1][];
    return IntStream.rangeClosed(0, changes)
        .mapToObj(
            change -> {
              if (startsAnew(change)) {
                lists[change] = new long[] {blockOfState(change)};
              } else {
                int previous = previous(change);
                long[] before = lists[previous];
                lists[change] = Arrays.copyOf(before, before.length + 1);
                lists[change][before.length] = blockOfChange(previous);
              }
              return new Object[] {snapshot(change), lists[change]};
            })
        .iterator();
  }
}
