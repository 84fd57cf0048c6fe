package d2s.engine.catalog;

import d2s.engine.schema.CatalogException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a YAML document.
 *
 * @param source what to call the document in messages
 * @param path the way to this part, for messages; empty for the whole document
 * @param value what is there; null when the part is missing
 */
record YamlPart(String source, String path, Object value) {

  CatalogException wrong(String what) {
    return new CatalogException(
        source + ": " + (path.isEmpty() ? "the document" : path) + ": " + what);
  }

  boolean isMissing() {
    return value == null;
  }

  boolean isList() {
    return value instanceof List;
  }

  YamlPart part(String key) {
    YamlPart part = optional(key);
    if (part.isMissing()) {
      throw part.wrong("is missing");
    }
    return part;
  }

  YamlPart optional(String key) {
    return new YamlPart(source, path.isEmpty() ? key : path + " > " + key, mapping().get(key));
  }

  Map<String, YamlPart> parts() {
    Map<String, YamlPart> parts = new LinkedHashMap<>();
    if (!isMissing()) {
      mapping().keySet().forEach(key -> parts.put(key.toString(), optional(key.toString())));
    }
    return parts;
  }

  void onlyKeys(String... known) {
    for (Object key : mapping().keySet()) {
      if (!List.of(known).contains(key)) {
        throw wrong("does not know '" + key + "'; known are " + String.join(", ", known));
      }
    }
  }

  private Map<?, ?> mapping() {
    if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        if (!(key instanceof String)) {
          throw wrong("the key " + key + " is not a text; put it in quotes");
        }
      }
      return map;
    }
    throw wrong("expected keys with values");
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw wrong("expected a text");
  }

  List<String> texts() {
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw wrong("expected a list of names, e.g. [id]");
  }

  boolean flag() {
    if (isMissing()) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong("expected true or false");
  }

  long integer(long otherwise) {
    if (isMissing()) {
      return otherwise;
    }
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw wrong("expected a whole number");
  }
}
