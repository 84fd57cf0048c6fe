package d2s.engine.function;

import d2s.engine.extension.Functions;
import java.util.List;

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

  /**
   * The value as a list: lists and arrays are themselves, an object is the list of its entries.
   * Empty for null and everything else, for JSON that may hold anything.
   */
  public List<?> asList(Object value) {
    List<?> list = Elements.of(value);
    return list == null ? List.of() : list;
  }
}
