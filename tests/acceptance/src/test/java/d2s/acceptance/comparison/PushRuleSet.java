package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.probe.Probes;
import java.util.List;

/** What the push rules of a user amount to, in one form for both servers. */
final class PushRuleSet {
  private static final List<String> KINDS =
      List.of("override", "content", "room", "sender", "underride");

  private PushRuleSet() {}

  /**
   * The rules of the user as they are, in their order, and of each default rule whether it is on
   * and what it does. Other servers may have other conditions for it.
   *
   * @param ruleSet the answer of a server
   * @param known only default rules that this answer of a server knows, too
   */
  static ObjectNode normalised(JsonNode ruleSet, JsonNode known) {
    ObjectNode result = Probes.object();
    for (String kind : KINDS) {
      ArrayNode own = result.putArray("own " + kind);
      ObjectNode defaults = result.putObject("default " + kind);
      for (JsonNode rule : ruleSet.at("/global/" + kind)) {
        if (!rule.path("default").asBoolean()) {
          own.add(ownRule(rule));
        } else if (isKnown(rule, known.at("/global/" + kind))) {
          defaults
              .putObject(rule.get("rule_id").asText())
              .put("enabled", rule.get("enabled").asBoolean())
              .set("outcome", outcome(rule.get("actions")));
        }
      }
    }
    return result;
  }

  private static boolean isKnown(JsonNode rule, JsonNode rules) {
    for (JsonNode other : rules) {
      if (other.get("rule_id").equals(rule.get("rule_id"))) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode ownRule(JsonNode rule) {
    ObjectNode own = rule.deepCopy();
    if (own.path("conditions").isEmpty()) {
      own.remove("conditions");
    }
    return own;
  }

  /** What a list of actions does: "no highlight" is what it does without saying so. */
  static ObjectNode outcome(JsonNode actions) {
    ObjectNode outcome = Probes.object();
    for (JsonNode action : actions) {
      if (action.isTextual()) {
        outcome.put(action.asText(), true);
      } else {
        JsonNode value = action.get("value");
        if (value == null) {
          outcome.put("tweak " + action.get("set_tweak").asText(), true);
        } else if (!value.isBoolean() || value.asBoolean()) {
          outcome.set("tweak " + action.get("set_tweak").asText(), value);
        }
      }
    }
    return outcome;
  }
}
