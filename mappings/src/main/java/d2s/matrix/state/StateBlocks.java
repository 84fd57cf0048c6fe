package d2s.matrix.state;

import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.IntegersColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.matrix.collection.LongIntMap;
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
final class StateBlocks {

  static final RowShape BLOCKS = RowShape.of("blocks");
  private static final IntegerColumn BLOCK_NID = BLOCKS.integer("state_block_nid");
  private static final IntegersColumn EVENT_NIDS = BLOCKS.integers("event_nids");

  /** Below this many events a difference saves too little to be worth finding. */
  private static final int BIG = 256;

  /**
   * One block.
   *
   * @param events its events, or those of its key block
   * @param difference what leads from the key block to this one; null if it is kept whole
   */
  private record Block(int[] events, EventSets.Difference difference) {}

  private final StateEvents known;
  private final StateDefects defects;
  private final LongIntMap numbers = new LongIntMap();
  private final List<Block> blocks = new ArrayList<>();
  private int[] key;
  private long spent;

  /** Reads relation {@code blocks}. */
  StateBlocks(StateEvents known, StateDefects defects, Rows row) {
    this.known = known;
    this.defects = defects;
    while (row.next()) {
      numbers.put(row.get(BLOCK_NID), blocks.size());
      blocks.add(pack(events(row.get(EVENT_NIDS))));
    }
  }

  /** The number of a block, or -1. */
  int number(long nid) {
    return numbers.get(nid);
  }

  /** The events of a block in ascending order. The caller must not change the array. */
  int[] events(int number) {
    Block block = blocks.get(number);
    return block.difference == null
        ? block.events
        : EventSets.apply(block.events, block.difference);
  }

  private int[] events(long[] nids) {
    int[] events = new int[nids.length];
    int size = 0;
    int last = -1;
    boolean ascending = true;
    for (int i = 0; i < nids.length; i++) {
      if (i > 0 && nids[i] <= nids[i - 1]) {
        ascending = false;
        last = -1;
      }
      int event = known.place(nids[i], last + 1);
      if (event < known.count() && known.nid(event) == nids[i]) {
        events[size++] = event;
        last = event;
      } else {
        defects.add(StateDefects.Kind.EVENT_MISSING, "event NID " + nids[i]);
      }
    }
    events = size == events.length ? events : Arrays.copyOf(events, size);
    return ascending ? events : Arrays.stream(events).sorted().distinct().toArray();
  }

  private Block pack(int[] events) {
    if (events.length < BIG) {
      return new Block(events, null);
    }
    if (key != null) {
      EventSets.Difference difference = EventSets.difference(key, events);
      if (difference.size() < events.length / 2 && spent + difference.size() <= key.length) {
        spent += difference.size();
        return new Block(key, difference);
      }
    }
    key = events;
    spent = 0;
    return new Block(events, null);
  }
}
