package d2s.engine.yaml;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value that stands in a mapping file as data, and is no expression.
 *
 * @param content null, a {@link Boolean}, {@link Long}, {@link BigDecimal} or {@link String}, a
 *     list of literals, or a map of texts to literals in the order of the file
 */
public record Literal(Object content, Position at) {

  /** The elements of a list; null if it is none. */
  @SuppressWarnings("unchecked")
  public List<Literal> elements() {
    return content instanceof List<?> list ? (List<Literal>) list : null;
  }

  /** The members of an object; null if it is none. */
  @SuppressWarnings("unchecked")
  public Map<String, Literal> members() {
    return content instanceof Map<?, ?> map ? (Map<String, Literal>) map : null;
  }

  /** The value without its places: lists and maps hold plain values too. */
  public Object plain() {
    if (elements() != null) {
      List<Object> list = new ArrayList<>();
      elements().forEach(element -> list.add(element.plain()));
      return list;
    }
    if (members() != null) {
      Map<String, Object> map = new LinkedHashMap<>();
      members().forEach((name, value) -> map.put(name, value.plain()));
      return map;
    }
    return content;
  }
}
