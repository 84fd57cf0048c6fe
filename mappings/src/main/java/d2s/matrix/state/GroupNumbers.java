package d2s.matrix.state;

import d2s.matrix.collection.Fingerprint;

/** The numbers of the groups of a room by the content of their states. */
final class GroupNumbers {

  private long[] first = new long[32];
  private long[] second = new long[32];
  private int[] numbers = new int[32]; // 0 marks a free place
  private int size;

  /** The number of the group that holds a state, or 0. */
  int find(long firstSum, long secondSum) {
    return numbers[place(firstSum, secondSum)];
  }

  void put(long firstSum, long secondSum, int number) {
    if (++size * 3 > numbers.length * 2) {
      grow();
    }
    int place = place(firstSum, secondSum);
    first[place] = firstSum;
    second[place] = secondSum;
    numbers[place] = number;
  }

  private int place(long firstSum, long secondSum) {
    int mask = numbers.length - 1;
    int place = (int) Fingerprint.mix(firstSum) & mask;
    while (numbers[place] != 0 && (first[place] != firstSum || second[place] != secondSum)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private void grow() {
    long[] oldFirst = first;
    long[] oldSecond = second;
    int[] oldNumbers = numbers;
    first = new long[oldFirst.length * 2];
    second = new long[oldFirst.length * 2];
    numbers = new int[oldFirst.length * 2];
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] != 0) {
        int place = place(oldFirst[i], oldSecond[i]);
        first[place] = oldFirst[i];
        second[place] = oldSecond[i];
        numbers[place] = oldNumbers[i];
      }
    }
  }
}
