package d2s.matrix.verification.state;

import d2s.matrix.verification.Interner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The state of a room while one walks from state to state: it can be changed, and every change be
 * taken back. Two sums over its entries tell it from other states, so that no state has to be kept
 * to be compared.
 */
final class WalkedState {

  private static final long FIRST_SEED = new SplittableRandom().nextLong();
  private static final long SECOND_SEED = new SplittableRandom().nextLong();

  /**
   * What tells states apart. Two different states have the same print once in 2^128; the seeds
   * differ in every run, so nobody can make two that do.
   */
  record Print(long first, long second) {

    /** Of the state in which an entry takes the place of another one of the same key. */
    Print with(int key, int removed, int added) {
      return new Print(
          first - mix(key, removed, FIRST_SEED) + mix(key, added, FIRST_SEED),
          second - mix(key, removed, SECOND_SEED) + mix(key, added, SECOND_SEED));
    }
  }

  private record Change(int key, int before) {}

  private final Numbers events = new Numbers(Interner.NONE);
  private final Deque<Change> changes = new ArrayDeque<>();
  private Print print = new Print(0, 0);

  /** The event of a key, or {@link Interner#NONE}. */
  int get(int key) {
    return (int) events.get(key);
  }

  void put(int key, int event) {
    int before = get(key);
    changes.push(new Change(key, before));
    set(key, before, event);
  }

  /** How many changes were made; to be given to {@link #backTo}. */
  int mark() {
    return changes.size();
  }

  void backTo(int mark) {
    while (changes.size() > mark) {
      Change change = changes.pop();
      set(change.key(), get(change.key()), change.before());
    }
  }

  private void set(int key, int before, int event) {
    print = print.with(key, before, event);
    events.set(key, event);
  }

  Print print() {
    return print;
  }

  /** A copy: the event of each key. */
  Map<Integer, Integer> copy() {
    Map<Integer, Integer> copy = new HashMap<>();
    for (int key = 0; key < events.length(); key++) {
      if (events.has(key)) {
        copy.put(key, get(key));
      }
    }
    return copy;
  }

  /** Mixes as SplitMix64 does; an absent event counts as nothing. */
  private static long mix(int key, int event, long seed) {
    if (event == Interner.NONE) {
      return 0;
    }
    long z = ((long) key << 32 | event & 0xffffffffL) ^ seed;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
