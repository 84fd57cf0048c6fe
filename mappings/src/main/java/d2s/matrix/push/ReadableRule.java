package d2s.matrix.push;

import java.util.List;
import java.util.Map;

/**
 * What Synapse can read of a push rule. It reads the rules of a user at once and for each sync, so
 * one that it cannot read locks the user out. Found by trying on 1.163.2: a condition that is no
 * object ends a sync, and so does one that is nested 140 levels deep.
 */
final class ReadableRule {

  private static final int DEEPEST_NESTING = 100;

  private ReadableRule() {}

  /** Whether all conditions are objects that Synapse's parser takes. */
  static boolean hasConditions(List<?> conditions) {
    return conditions.stream()
        .allMatch(condition -> condition instanceof Map<?, ?> && isValue(condition));
  }

  /** Whether a value is not nested too deeply and has no number that is too large. */
  static boolean isValue(Object value) {
    return isValue(value, 0);
  }

  private static boolean isValue(Object value, int level) {
    if (level > DEEPEST_NESTING) {
      return false;
    }
    if (value instanceof Map<?, ?> object) {
      return object.values().stream().allMatch(member -> isValue(member, level + 1));
    }
    if (value instanceof List<?> list) {
      return list.stream().allMatch(member -> isValue(member, level + 1));
    }
    return !(value instanceof Number number) || Double.isFinite(number.doubleValue());
  }
}
