package d2s.matrix.verification.state;

import java.util.Arrays;

/** A number for each number of an interner, in an array: maps of them took a tenth of the time. */
final class Numbers {

  private final long absent;
  private long[] values = new long[0];

  /**
   * @param absent what {@link #get} gives where nothing was set
   */
  Numbers(long absent) {
    this.absent = absent;
  }

  long get(int index) {
    return index >= 0 && index < values.length ? values[index] : absent;
  }

  boolean has(int index) {
    return get(index) != absent;
  }

  /**
   * @param index from 0
   */
  void set(int index, long value) {
    if (index >= values.length) {
      int before = values.length;
      values = Arrays.copyOf(values, Math.max(index + 1, 2 * before));
      Arrays.fill(values, before, values.length, absent);
    }
    values[index] = value;
  }

  /** One more than the largest index at which something can be set. */
  int length() {
    return values.length;
  }
}
