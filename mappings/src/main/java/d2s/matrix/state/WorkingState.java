package d2s.matrix.state;

import d2s.matrix.collection.Fingerprint;
import d2s.matrix.collection.IntList;
import java.util.Arrays;

/**
 * One state that is moved from snapshot to snapshot. It knows what has changed since it was last
 * settled, so that nobody has to look at the whole of it.
 */
final class WorkingState {

  /** Is told what changed between two settled states, each slot once. */
  interface Listener {
    /**
     * @param before the event that stood at the slot, or {@link StateEvents#NONE}
     * @param after the event that stands there now, or {@link StateEvents#NONE}
     */
    void changed(int slot, int before, int after);
  }

  private final int[] events;
  private final int[] settled;
  private final boolean[] dirty;
  private final IntList dirtySlots = new IntList();
  private final IntList changedSlots = new IntList();
  private int size;
  private long first;
  private long second;

  WorkingState(int slots) {
    events = new int[slots];
    settled = new int[slots];
    dirty = new boolean[slots];
    Arrays.fill(events, StateEvents.NONE);
    Arrays.fill(settled, StateEvents.NONE);
  }

  /** The event at a slot, or {@link StateEvents#NONE}. */
  int get(int slot) {
    return events[slot];
  }

  void set(int slot, int event) {
    int old = events[slot];
    if (old == event) {
      return;
    }
    if (old == StateEvents.NONE) {
      size++;
    } else {
      first -= Fingerprint.first(slot, old);
      second -= Fingerprint.second(slot, old);
    }
    if (event == StateEvents.NONE) {
      size--;
    } else {
      first += Fingerprint.first(slot, event);
      second += Fingerprint.second(slot, event);
    }
    events[slot] = event;
    if (!dirty[slot]) {
      dirty[slot] = true;
      dirtySlots.add(slot);
    }
  }

  /** Makes the present state the settled one. */
  void settle(Listener listener) {
    changedSlots.shrink(0);
    for (int i = 0; i < dirtySlots.size(); i++) {
      int slot = dirtySlots.get(i);
      dirty[slot] = false;
      int before = settled[slot];
      if (before != events[slot]) {
        settled[slot] = events[slot];
        changedSlots.add(slot);
        listener.changed(slot, before, events[slot]);
      }
    }
    dirtySlots.shrink(0);
  }

  /** The slots that changed from the settled state before to the settled state now. */
  IntList changedSlots() {
    return changedSlots;
  }

  int slots() {
    return events.length;
  }

  /** How many entries the state has. */
  int size() {
    return size;
  }

  long first() {
    return first;
  }

  long second() {
    return second;
  }

  int[] copy() {
    return events.clone();
  }
}
