package d2s.engine.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A set of paths that remembers only 64 bits of each: 16 bytes or fewer per path, however long. Two
 * of a million paths are taken for the same with a probability of one in forty million.
 */
final class PathSet {

  private static final long FREE = 0;

  private final MessageDigest digest = Content.sha256();
  private long[] slots = new long[1 << 12];
  private int size;

  /** Adds a path; false if it was there. */
  boolean add(String path) {
    if (2 * size >= slots.length) {
      grow();
    }
    boolean added = put(slots, key(path));
    if (added) {
      size++;
    }
    return added;
  }

  boolean contains(String path) {
    long key = key(path);
    int at = start(slots, key);
    while (slots[at] != FREE && slots[at] != key) {
      at = (at + 1) & (slots.length - 1);
    }
    return slots[at] == key;
  }

  private void grow() {
    long[] larger = new long[2 * slots.length];
    Arrays.stream(slots).filter(key -> key != FREE).forEach(key -> put(larger, key));
    slots = larger;
  }

  private static boolean put(long[] slots, long key) {
    int at = start(slots, key);
    while (slots[at] != FREE) {
      if (slots[at] == key) {
        return false;
      }
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = key;
    return true;
  }

  private static int start(long[] slots, long key) {
    return (int) key & (slots.length - 1);
  }

  private long key(String path) {
    long key = Content.firstBytes(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
    return key == FREE ? 1 : key;
  }
}
