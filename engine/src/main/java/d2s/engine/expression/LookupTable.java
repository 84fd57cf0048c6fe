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
    entries.putIfAbsent(key.size() == 1 ? key.get(0) : key, value);
  }

  public boolean has(Object key) {
    return entries.containsKey(key);
  }

  public boolean has(Object first, Object second) {
    return entries.containsKey(Arrays.asList(first, second));
  }

  public Object get(Object key) {
    return entries.get(key);
  }

  public Object get(Object first, Object second) {
    return entries.get(Arrays.asList(first, second));
  }
}
