package d2s.matrix.collection;

/**
 * A map from longs to ints that are not negative. Open addressing: 12 bytes a place, no boxes,
 * since a room can have a million snapshots.
 */
public final class LongIntMap {

  private long[] keys = new long[32];
  private int[] values = new int[32]; // value + 1; 0 marks a free place
  private int size;

  /** The value, or -1. */
  public int get(long key) {
    return values[place(key)] - 1;
  }

  public void put(long key, int value) {
    int place = place(key);
    if (values[place] == 0) {
      if (++size * 3 > keys.length * 2) {
        grow();
        place = place(key);
      }
      keys[place] = key;
    }
    values[place] = value + 1;
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int place = (int) Fingerprint.mix(key) & mask;
    while (values[place] != 0 && keys[place] != key) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new int[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldValues[i] != 0) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        values[place] = oldValues[i];
      }
    }
  }
}
