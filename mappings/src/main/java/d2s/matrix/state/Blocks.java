package d2s.matrix.state;

import d2s.engine.extension.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state blocks of one room, each a set of events.
 *
 * <p>Dendrite writes the complete state into a new block every 64 changes and whenever it resolves
 * a fork, so the blocks of a big room repeat the same tens of thousands of events over and over. A
 * big block is therefore kept as its difference to an earlier one, the key block. A new key block
 * is taken when the differences have grown to the size of the key, which keeps the memory in
 * proportion to what changes.
 */
final class Blocks {

  /** Below this many events a difference saves too little to be worth finding. */
  private static final int BIG = 256;

  /**
   * One block.
   *
   * @param key the block that this one is a difference to, or null
   * @param events the events in ascending order, without those of the key
   * @param absent the events of the key that this block lacks, in ascending order
   */
  private record Block(int[] key, int[] events, int[] absent) {}

  private static final int[] NOTHING = {};

  private final StateEvents known;
  private final Damage damage;
  private final LongIntMap numbers = new LongIntMap();
  private final List<Block> blocks = new ArrayList<>();
  private int[] key;
  private long spent;

  /** Reads relation {@code blocks}. */
  Blocks(StateEvents known, Damage damage, Rows row) {
    this.known = known;
    this.damage = damage;
    while (row.next()) {
      numbers.put(row.integer(0), blocks.size());
      blocks.add(pack(events(row.integers(1))));
    }
  }

  /** The number of a block, or -1. */
  int number(long nid) {
    return numbers.get(nid);
  }

  /** The events of a block in ascending order. The caller must not change the array. */
  int[] events(int number) {
    Block block = blocks.get(number);
    return block.key == null ? block.events : merge(block);
  }

  private int[] events(long[] nids) {
    int[] events = new int[nids.length];
    int size = 0;
    int from = 0;
    boolean ascending = true;
    for (int i = 0; i < nids.length; i++) {
      if (i > 0 && nids[i] <= nids[i - 1]) {
        ascending = false;
        from = 0;
      }
      from = known.place(nids[i], from);
      if (from < known.count() && known.nid(from) == nids[i]) {
        events[size++] = from;
      } else {
        damage.add(Damage.Kind.EVENT_MISSING, "event NID " + nids[i]);
      }
    }
    events = size == events.length ? events : Arrays.copyOf(events, size);
    return ascending ? events : Arrays.stream(events).sorted().distinct().toArray();
  }

  private Block pack(int[] events) {
    if (events.length < BIG) {
      return new Block(null, events, NOTHING);
    }
    if (key != null) {
      int[] present = minus(events, key);
      int[] absent = minus(key, events);
      int difference = present.length + absent.length;
      if (difference < events.length / 2 && spent + difference <= key.length) {
        spent += difference;
        return new Block(key, present, absent);
      }
    }
    key = events;
    spent = 0;
    return new Block(null, events, NOTHING);
  }

  /** What is in one ascending array and not in the other. */
  static int[] minus(int[] from, int[] other) {
    IntList rest = new IntList();
    int at = 0;
    for (int value : from) {
      while (at < other.length && other[at] < value) {
        at++;
      }
      if (at == other.length || other[at] != value) {
        rest.add(value);
      }
    }
    return rest.toArray();
  }

  private static int[] merge(Block block) {
    int[] key = block.key;
    int[] present = block.events;
    int[] absent = block.absent;
    int[] merged = new int[key.length - absent.length + present.length];
    int nextPresent = 0;
    int nextAbsent = 0;
    int size = 0;
    for (int event : key) {
      if (nextAbsent < absent.length && absent[nextAbsent] == event) {
        nextAbsent++;
        continue;
      }
      while (nextPresent < present.length && present[nextPresent] < event) {
        merged[size++] = present[nextPresent++];
      }
      merged[size++] = event;
    }
    System.arraycopy(present, nextPresent, merged, size, present.length - nextPresent);
    return merged;
  }
}
