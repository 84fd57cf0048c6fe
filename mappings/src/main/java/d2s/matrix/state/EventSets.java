package d2s.matrix.state;

import d2s.matrix.collection.IntList;
import java.util.Arrays;

/** Sets of events as ascending arrays, and how they differ. */
final class EventSets {

  static final int[] EMPTY = {};

  /**
   * What leads from one set to another.
   *
   * @param removed ascending, all of them in the first set
   * @param added ascending, none of them in the first set
   */
  record Difference(int[] removed, int[] added) {

    int size() {
      return removed.length + added.length;
    }
  }

  private EventSets() {}

  static Difference difference(int[] from, int[] to) {
    IntList removed = new IntList();
    IntList added = new IntList();
    int i = 0;
    int j = 0;
    while (i < from.length && j < to.length) {
      if (from[i] == to[j]) {
        i++;
        j++;
      } else if (from[i] < to[j]) {
        removed.add(from[i++]);
      } else {
        added.add(to[j++]);
      }
    }
    while (i < from.length) {
      removed.add(from[i++]);
    }
    while (j < to.length) {
      added.add(to[j++]);
    }
    return new Difference(removed.toArray(), added.toArray());
  }

  /** The set to which a difference leads. */
  static int[] apply(int[] from, Difference difference) {
    int[] removed = difference.removed;
    int[] added = difference.added;
    int[] to = new int[from.length - removed.length + added.length];
    int read = 0;
    int written = 0;
    int i = 0;
    int j = 0;
    while (i < removed.length || j < added.length) {
      boolean remove = j == added.length || i < removed.length && removed[i] < added[j];
      int event = remove ? removed[i++] : added[j++];
      int place = Arrays.binarySearch(from, read, from.length, event);
      int kept = remove ? place : -place - 1;
      System.arraycopy(from, read, to, written, kept - read);
      written += kept - read;
      if (remove) {
        read = kept + 1;
      } else {
        read = kept;
        to[written++] = event;
      }
    }
    System.arraycopy(from, read, to, written, from.length - read);
    return to;
  }

  static boolean contains(int[] set, int event) {
    return Arrays.binarySearch(set, event) >= 0;
  }
}
