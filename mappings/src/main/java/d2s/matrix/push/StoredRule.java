package d2s.matrix.push;

import java.util.List;
import java.util.Map;

/**
 * A push rule as Dendrite stores it.
 *
 * @param id null if it is missing, or the rule is no object
 * @param isDefault whether the server made it; only such an ID begins with a dot
 * @param actions as stored; members of any type
 * @param conditions as stored; empty if there are none
 * @param pattern of a content rule; else null
 */
record StoredRule(
    String id,
    boolean isDefault,
    boolean enabled,
    List<?> actions,
    List<?> conditions,
    String pattern) {

  static StoredRule of(Object json) {
    Map<?, ?> rule = json instanceof Map<?, ?> map ? map : Map.of();
    String id = rule.get("rule_id") instanceof String text && !text.isEmpty() ? text : null;
    return new StoredRule(
        id,
        Boolean.TRUE.equals(rule.get("default")) || (id != null && id.startsWith(".")),
        !Boolean.FALSE.equals(rule.get("enabled")),
        list(rule.get("actions")),
        list(rule.get("conditions")),
        rule.get("pattern") instanceof String text ? text : null);
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
