package d2s.matrix.authchain;

/**
 * The chains of one room, numbered 0, 1, 2 …, and the place of each event on them: its sequence
 * number counts from 1 and has no holes. Within a chain every event is an auth event of the next.
 */
final class Chains {
  private final int[] chainOf;
  private final int[] sequenceOf;
  private final int[] lengthOf;
  private int count;

  Chains(int events) {
    chainOf = new int[events];
    sequenceOf = new int[events];
    lengthOf = new int[events];
  }

  /** Makes an event the first of a new chain. */
  void begin(int event) {
    place(event, count++);
  }

  /** Puts an event behind another, which must be the last of its chain. */
  void extend(int event, int last) {
    place(event, chainOf[last]);
  }

  private void place(int event, int chain) {
    chainOf[event] = chain;
    sequenceOf[event] = ++lengthOf[chain];
  }

  boolean isLast(int event) {
    return sequenceOf[event] == lengthOf[chainOf[event]];
  }

  int chainOf(int event) {
    return chainOf[event];
  }

  int sequenceOf(int event) {
    return sequenceOf[event];
  }

  /** How many chains there are. */
  int count() {
    return count;
  }
}
