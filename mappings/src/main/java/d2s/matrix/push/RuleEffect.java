package d2s.matrix.push;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the actions of a rule amount to, so that two lists which say the same in different words are
 * equal: {@code dont_notify} says nothing since Matrix 1.7, {@code coalesce} is a notification, a
 * highlight without a value is one, and one with the value false is none.
 *
 * @param notifies whether there is a notification
 * @param tweaks what else, e.g. {@code sound} with the name of a sound
 */
record RuleEffect(boolean notifies, Map<String, Object> tweaks) {

  private static final Set<String> WORDS = Set.of("notify", "dont_notify", "coalesce");

  private static final String HIGHLIGHT = "highlight";

  static RuleEffect of(List<?> actions) {
    boolean notify = false;
    Map<String, Object> tweaks = new HashMap<>();
    for (Object action : actions) {
      if (action instanceof Map<?, ?> tweak && tweak.get("set_tweak") instanceof String name) {
        Object value = tweak.get("value");
        tweaks.put(name, value == null ? Boolean.TRUE : value);
      } else {
        notify |= "notify".equals(action) || "coalesce".equals(action);
      }
    }
    tweaks.remove(HIGHLIGHT, Boolean.FALSE);
    return new RuleEffect(notify, tweaks);
  }

  /**
   * The actions in words that Synapse can read: an unknown word would make it fail on all rules of
   * the user, in every room that the user is in. {@code dont_notify} is kept as it is.
   */
  static List<Object> readable(List<?> actions) {
    List<Object> result = new ArrayList<>();
    for (Object action : actions) {
      if (action instanceof Map<?, ?> && isKnown(action)) {
        result.add(action);
      } else if ("coalesce".equals(action)) {
        if (!actions.contains("notify")) {
          result.add("notify");
        }
      } else if ("notify".equals(action) || "dont_notify".equals(action)) {
        result.add(action);
      }
    }
    return result;
  }

  /** Whether a list has an action that no server knows. */
  static boolean hasUnknown(List<?> actions) {
    return actions.stream().anyMatch(action -> !isKnown(action));
  }

  private static boolean isKnown(Object action) {
    return action instanceof Map<?, ?> tweak
        ? tweak.get("set_tweak") instanceof String && ReadableRule.isValue(tweak)
        : action instanceof String word && WORDS.contains(word);
  }
}
