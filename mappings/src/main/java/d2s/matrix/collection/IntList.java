package d2s.matrix.collection;

import java.util.Arrays;

/** A growing list of ints. */
public final class IntList {

  private int[] values = new int[16];
  private int size;

  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  public int get(int index) {
    return values[index];
  }

  public int size() {
    return size;
  }

  /** Drops everything from {@code size} on. */
  public void shrink(int size) {
    this.size = size;
  }

  public int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
