package d2s.engine.expression;

import java.util.Collection;
import java.util.Map;

/** What a value is, for messages, which never tell the value itself. */
public final class ValueKind {

  private ValueKind() {}

  /** {@code a text}, {@code a number}, {@code null} and so on. */
  public static String of(Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof CharSequence || value instanceof Character) {
      return "a text";
    } else if (value instanceof Number) {
      return "a number";
    } else if (value instanceof Boolean) {
      return "a boolean";
    } else if (value instanceof byte[]) {
      return "bytes";
    } else if (value instanceof Map) {
      return "an object";
    } else if (value instanceof Collection || value.getClass().isArray()) {
      return "a list";
    }
    return "a " + value.getClass().getSimpleName();
  }
}
