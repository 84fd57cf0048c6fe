package d2s.matrix.collection;

/**
 * 128 bits that stand for the content of a state: two independent sums over its entries. A sum
 * follows a change of one entry in constant time, whatever the size of the state.
 *
 * <p>Two different states of a room with the same fingerprint are not to be feared: among 2^32
 * states the chance is 2^-65, and what is summed are numbers that this hook gives out, not values
 * that a participant of the room can choose.
 */
public final class Fingerprint {

  private static final long FIRST = 0x9e3779b97f4a7c15L;
  private static final long SECOND = 0xc2b2ae3d27d4eb4fL;

  private Fingerprint() {}

  /** Spreads the bits of a number over all 64 (the finaliser of SplitMix64). */
  public static long mix(long value) {
    value = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    value = (value ^ (value >>> 27)) * 0x94d049bb133111ebL;
    return value ^ (value >>> 31);
  }

  public static long first(int slot, int event) {
    return mix(entry(slot, event) * FIRST + SECOND);
  }

  public static long second(int slot, int event) {
    return mix(entry(slot, event) ^ SECOND) * FIRST;
  }

  private static long entry(int slot, int event) {
    return ((long) slot << 32) | event;
  }
}
