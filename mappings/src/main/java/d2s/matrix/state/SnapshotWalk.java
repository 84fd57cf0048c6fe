package d2s.matrix.state;

import d2s.matrix.collection.IntList;
import java.util.Arrays;

/**
 * Moves a {@link WorkingState} from snapshot to snapshot.
 *
 * <p>A snapshot is a list of blocks; for one slot the later block wins, and inside a block the
 * event with the highest NID. Two neighbouring snapshots mostly share the beginning of their lists,
 * so the walk keeps a stack of the blocks it stands on and, for each but the lowest, what to undo
 * when it is taken off. The lowest block, which may hold a whole big state, is never undone but
 * changed into the next one by their difference.
 */
final class SnapshotWalk {

  private final WorkingState state;
  private final StateEvents events;
  private final StateBlocks blocks;

  /** The slot of the create event and the event that stands there when no block names one. */
  private final int createSlot;

  private final int create;

  private int[] path = new int[0];
  private int[] base = EventSets.EMPTY;
  private int[] undoFrom = new int[64];
  private final IntList undoSlots = new IntList();
  private final IntList undoEvents = new IntList();

  /**
   * @param create the create event that every state of the room holds, or {@link StateEvents#NONE}
   */
  SnapshotWalk(WorkingState state, StateEvents events, StateBlocks blocks, int create) {
    this.state = state;
    this.events = events;
    this.blocks = blocks;
    this.create = create;
    this.createSlot = create == StateEvents.NONE ? -1 : events.slot(create);
    if (create != StateEvents.NONE) {
      state.set(createSlot, create);
    }
  }

  /**
   * @param next numbers of blocks, the one that wins last
   */
  void moveTo(int[] next) {
    int shared = 0;
    while (shared < path.length && shared < next.length && path[shared] == next[shared]) {
      shared++;
    }
    int kept = Math.max(shared, 1);
    for (int depth = path.length - 1; depth >= kept; depth--) {
      takeOff(undoFrom[depth]);
    }
    if (shared == 0) {
      changeBase(next.length == 0 ? EventSets.EMPTY : blocks.events(next[0]));
    }
    if (undoFrom.length < next.length) {
      undoFrom = Arrays.copyOf(undoFrom, next.length * 2);
    }
    for (int depth = kept; depth < next.length; depth++) {
      undoFrom[depth] = undoSlots.size();
      putOn(blocks.events(next[depth]));
    }
    path = next;
  }

  /** Whether a block of the present snapshot names the create event. */
  boolean namesCreate() {
    if (EventSets.contains(base, create)) {
      return true;
    }
    for (int depth = 1; depth < path.length; depth++) {
      if (EventSets.contains(blocks.events(path[depth]), create)) {
        return true;
      }
    }
    return false;
  }

  private void putOn(int[] block) {
    for (int event : block) {
      int slot = events.slot(event);
      int old = state.get(slot);
      if (old != event) {
        undoSlots.add(slot);
        undoEvents.add(old);
        state.set(slot, event);
      }
    }
  }

  private void takeOff(int from) {
    for (int i = undoSlots.size() - 1; i >= from; i--) {
      state.set(undoSlots.get(i), undoEvents.get(i));
    }
    undoSlots.shrink(from);
    undoEvents.shrink(from);
  }

  private void changeBase(int[] next) {
    EventSets.Difference difference = EventSets.difference(base, next);
    IntList taken = new IntList();
    for (int event : difference.removed()) {
      int slot = events.slot(event);
      if (state.get(slot) == event) {
        state.set(slot, bottom(slot));
        taken.add(event);
      }
    }
    for (int event : difference.added()) {
      int slot = events.slot(event);
      if (state.get(slot) == bottom(slot) || state.get(slot) < event) {
        state.set(slot, event);
      }
    }
    refill(taken, next);
    base = next;
  }

  /**
   * A slot that lost its event and got none, or a lower one: mostly that is right, but in a damaged
   * block another event of the same slot, common to both blocks, comes to light.
   *
   * @param taken the events that slots lost
   */
  private void refill(IntList taken, int[] block) {
    boolean[] wanted = null;
    for (int i = 0; i < taken.size(); i++) {
      int slot = events.slot(taken.get(i));
      if (state.get(slot) == bottom(slot) || state.get(slot) < taken.get(i)) {
        wanted = wanted == null ? new boolean[state.slots()] : wanted;
        wanted[slot] = true;
      }
    }
    if (wanted != null) {
      for (int event : block) {
        int slot = events.slot(event);
        if (wanted[slot]) {
          state.set(slot, event);
        }
      }
    }
  }

  private int bottom(int slot) {
    return slot == createSlot ? create : StateEvents.NONE;
  }
}
