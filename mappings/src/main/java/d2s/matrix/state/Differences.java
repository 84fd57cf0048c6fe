package d2s.matrix.state;

import d2s.matrix.collection.Fingerprint;
import java.util.Arrays;

/**
 * Where a state that was written as a group differs from the working state: slot by slot what the
 * group holds. Follows the working state from change to change in constant time.
 */
final class Differences {

  private static final int FREE = -1;

  private int[] slots;
  private int[] held;
  private int size;
  private int lost;

  /** The differences of a group that equals the working state. */
  Differences() {
    slots = new int[8];
    held = new int[8];
    Arrays.fill(slots, FREE);
  }

  /** How many slots differ. */
  int size() {
    return size;
  }

  /**
   * Whether a slot that the group fills is empty in the working state. Such a state cannot be
   * written as a delta to the group: deltas overwrite entries, they cannot remove them.
   */
  boolean hasLost() {
    return lost > 0;
  }

  /** The slots that differ, ascending. */
  int[] slots() {
    return Arrays.stream(slots).filter(slot -> slot != FREE).sorted().toArray();
  }

  /** Follows one change of the working state. */
  void changed(int slot, int before, int after) {
    int place = place(slot);
    if (slots[place] == FREE) {
      if (++size * 3 > slots.length * 2) {
        grow();
        place = place(slot);
      }
      slots[place] = slot;
      held[place] = before;
      if (after == StateEvents.NONE) {
        lost++;
      }
      return;
    }
    int event = held[place];
    if (event != StateEvents.NONE) {
      if (before == StateEvents.NONE) {
        lost--;
      }
      if (after == StateEvents.NONE) {
        lost++;
      }
    }
    if (event == after) {
      remove(place);
    }
  }

  private int place(int slot) {
    int mask = slots.length - 1;
    int place = (int) Fingerprint.mix(slot) & mask;
    while (slots[place] != FREE && slots[place] != slot) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Frees a place and moves back what was pushed on by it, so that searches still end. */
  private void remove(int place) {
    int mask = slots.length - 1;
    int hole = place;
    for (int i = (place + 1) & mask; slots[i] != FREE; i = (i + 1) & mask) {
      int home = (int) Fingerprint.mix(slots[i]) & mask;
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        slots[hole] = slots[i];
        held[hole] = held[i];
        hole = i;
      }
    }
    slots[hole] = FREE;
    size--;
  }

  private void grow() {
    int[] oldSlots = slots;
    int[] oldHeld = held;
    slots = new int[oldSlots.length * 2];
    held = new int[oldSlots.length * 2];
    Arrays.fill(slots, FREE);
    for (int i = 0; i < oldSlots.length; i++) {
      if (oldSlots[i] != FREE) {
        int place = place(oldSlots[i]);
        slots[place] = oldSlots[i];
        held[place] = oldHeld[i];
      }
    }
  }
}
