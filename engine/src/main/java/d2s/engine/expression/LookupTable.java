package d2s.engine.expression;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small relation in memory, asked by key. Expressions know it by the name of the lookup. */
public final class LookupTable {

  private final Map<Object, Object> entries = new HashMap<>();

  /** Adds a row; the first one of a key wins. */
  public void put(List<Object> key, Object value) {
    entries.putIfAbsent(
        key.size() == 1
            ? comparable(key.get(0))
            : key.stream().map(LookupTable::comparable).toList(),
        value);
  }

  public boolean has(Object key) {
    return entries.containsKey(comparable(key));
  }

  public boolean has(Object first, Object second) {
    return entries.containsKey(pair(first, second));
  }

  public Object get(Object key) {
    return entries.get(comparable(key));
  }

  public Object get(Object first, Object second) {
    return entries.get(pair(first, second));
  }

  private static Object pair(Object first, Object second) {
    return Arrays.asList(comparable(first), comparable(second));
  }

  /** A number in an expression may be narrower than the same number in a row. */
  private static Object comparable(Object key) {
    return key instanceof Integer || key instanceof Short || key instanceof Byte
        ? (Long) ((Number) key).longValue()
        : key;
  }
}
