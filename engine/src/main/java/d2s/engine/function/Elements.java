package d2s.engine.function;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What {@code for_each} repeats over. */
public final class Elements {

  private Elements() {}

  /**
   * The elements of a list or an array, the entries of an object.
   *
   * @return a read-only list, or null if the value is nothing of that kind
   */
  public static List<?> of(Object value) {
    if (value instanceof List<?> list) {
      return list;
    } else if (value instanceof Collection<?> collection) {
      return Collections.unmodifiableList(new ArrayList<>(collection));
    } else if (value instanceof Map<?, ?> map) {
      return Collections.unmodifiableList(new ArrayList<>(map.entrySet()));
    } else if (value instanceof Object[] array) {
      return Collections.unmodifiableList(Arrays.asList(array));
    } else if (value != null && value.getClass().isArray()) {
      List<Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(Array.get(value, i));
      }
      return Collections.unmodifiableList(elements);
    }
    return null;
  }
}
