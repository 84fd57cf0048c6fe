package d2s.matrix.state;

import java.util.Arrays;

/** A growing list of ints. */
final class IntList {

  private int[] values = new int[16];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }

  /** Drops everything from {@code size} on. */
  void shrink(int size) {
    this.size = size;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
