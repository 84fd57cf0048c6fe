package d2s.matrix.push;

import d2s.engine.function.Json;
import java.util.List;
import java.util.Map;

/**
 * The kinds of push rules.
 *
 * @see #priorityClass()
 */
enum RuleKind {
  OVERRIDE("override", 5),
  CONTENT("content", 4),
  ROOM("room", 3),
  SENDER("sender", 2),
  UNDERRIDE("underride", 1);

  private final String name;
  private final int priorityClass;

  RuleKind(String name, int priorityClass) {
    this.name = name;
    this.priorityClass = priorityClass;
  }

  /** The name of the array in a rule set. */
  String arrayName() {
    return name;
  }

  /** Synapse's number for the kind; a higher one is evaluated first. */
  int priorityClass() {
    return priorityClass;
  }

  /** How Synapse names a rule of this kind. */
  String fullId(String ruleId) {
    return "global/" + name + "/" + ruleId;
  }

  /**
   * The rule ID under which a rule made by a user can be carried. Synapse shows what follows the
   * last slash as the ID of a rule, and a client would ask for that; rooms and senders are shown
   * from the condition instead.
   */
  String carriedId(String ruleId) {
    String storable = ruleId.replace('\0', '\uFFFD');
    return this == ROOM || this == SENDER ? storable : storable.replace('/', '_');
  }

  /**
   * The conditions that Synapse stores for a rule of this kind, as JSON. For a room, a sender or a
   * pattern they follow from the kind.
   */
  String conditions(StoredRule rule) {
    return switch (this) {
      case OVERRIDE, UNDERRIDE -> Json.write(rule.conditions());
      case CONTENT -> matching("content.body", rule.pattern());
      case ROOM -> matching("room_id", rule.id());
      case SENDER -> matching("user_id", rule.id());
    };
  }

  /** Whether a rule of this kind has conditions of its own; those of the others are ignored. */
  boolean hasConditions() {
    return this == OVERRIDE || this == UNDERRIDE;
  }

  private static String matching(String key, String pattern) {
    return "[{\"kind\":\"event_match\",\"key\":%s,\"pattern\":%s}]"
        .formatted(Json.write(key), Json.write(pattern));
  }

  /** Whether a rule says everything that one of its kind must say. */
  boolean isComplete(StoredRule rule) {
    return this != CONTENT || rule.pattern() != null;
  }

  /** The rules of this kind in a rule set, those that are evaluated first in front. */
  List<StoredRule> rules(Map<?, ?> ruleSet) {
    return ruleSet.get(name) instanceof List<?> rules
        ? rules.stream().map(StoredRule::of).toList()
        : List.of();
  }
}
