package d2s.engine.expression;

import d2s.engine.extension.Functions;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Functions that are called without a prefix. */
public final class CoreFunctions implements Functions {

  @Override
  public String namespace() {
    return "";
  }

  /**
   * Parses JSON to read-only maps, lists, texts, numbers and booleans; null for null.
   *
   * @throws IllegalArgumentException if the text is not JSON
   */
  public Object json(String text) {
    return text == null ? null : Json.parse(text);
  }

  /** The compact JSON text of a value. */
  public String toJson(Object value) {
    return Json.write(value);
  }

  /** The value if it is a text, else null. For JSON that may hold anything. */
  public String asText(Object value) {
    return value instanceof String text ? text : null;
  }

  /** The value if it is an object, else an empty one. For JSON that may hold anything. */
  public Map<?, ?> asObject(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** The value as a list, empty for null; for {@code each}. */
  public List<?> asList(Object value) {
    if (value == null) {
      return List.of();
    } else if (value instanceof Collection<?> collection) {
      return List.copyOf(collection);
    } else if (value instanceof Object[] array) {
      return Arrays.asList(array);
    } else if (value instanceof long[] array) {
      return Arrays.stream(array).boxed().toList();
    } else if (value instanceof Map<?, ?> map) {
      return List.copyOf(map.entrySet());
    }
    return List.of();
  }
}
