package d2s.matrix.verification.userdata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.rows.Lists;
import d2s.matrix.verification.rows.Merge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Push rules in their simple form: every rule that a user made is there with its actions, its place
 * among the others and its switch; every rule that is switched another way than by default is
 * switched so; and there is no rule that Dendrite does not have.
 */
public final class PushRulesVerification implements Verification {

  /** What d2s leaves out; Synapse's parser gives up somewhat deeper. */
  private static final int DEEPEST_NESTING = 100;

  /** Synapse's priority class of each kind. */
  private static final Map<String, Integer> KINDS =
      Map.of("underride", 1, "sender", 2, "room", 3, "content", 4, "override", 5);

  private static final String OFF_BY_DEFAULT = ".m.rule.master";

  private static final String NOTHING = "";
  private static final String QUIET = "notify";
  private static final String LOUD = "notify sound=default";
  private static final String HIGHLIGHTED = "highlight notify";
  private static final String LOUD_AND_HIGHLIGHTED = "highlight notify sound=default";

  /**
   * What the default rules do that Dendrite knows, in the words of {@link #effect}. Source: Matrix,
   * "Predefined rules".
   */
  private static final Map<String, String> DEFAULT_EFFECTS =
      Map.ofEntries(
          Map.entry(OFF_BY_DEFAULT, NOTHING),
          Map.entry(".m.rule.suppress_notices", NOTHING),
          Map.entry(".m.rule.member_event", NOTHING),
          Map.entry(".m.rule.reaction", NOTHING),
          Map.entry(".m.rule.room.server_acl", NOTHING),
          Map.entry(".m.rule.message", QUIET),
          Map.entry(".m.rule.encrypted", QUIET),
          Map.entry(".m.rule.invite_for_me", LOUD),
          Map.entry(".m.rule.room_one_to_one", LOUD),
          Map.entry(".m.rule.encrypted_room_one_to_one", LOUD),
          Map.entry(".m.rule.call", "notify sound=ring"),
          Map.entry(".m.rule.roomnotif", HIGHLIGHTED),
          Map.entry(".m.rule.tombstone", HIGHLIGHTED),
          Map.entry(".m.rule.contains_display_name", LOUD_AND_HIGHLIGHTED),
          Map.entry(".m.rule.contains_user_name", LOUD_AND_HIGHLIGHTED));

  /** In Dendrites of 2022 these only notified, and said so. */
  private static final List<String> ONCE_QUIET =
      List.of(
          ".m.rule.room_one_to_one",
          ".m.rule.encrypted_room_one_to_one",
          ".m.rule.roomnotif",
          ".m.rule.tombstone");

  @Override
  public String name() {
    return "push rules";
  }

  @Override
  public String proves() {
    return "Every push rule of a user is there in its place and on or off as before.";
  }

  @Override
  public List<String> tables() {
    return List.of("push_rules", "push_rules_enable");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Merge.of(
        context,
        """
        select '@' || d.localpart || ':' || d.server_name as key, d.content
        from userapi_account_datas d join (select * from userapi_accounts where localpart <> '' and position(':' in localpart) = 0) a using (localpart, server_name)
        where d.type = 'm.push_rules' and coalesce(d.room_id, '') = ''
        """,
        """
        select coalesce(r.key, s.key) as key, r.ids, r.classes, r.priorities, r.conditions, r.actions,
               s.switched, s.states
        from (select user_name as key, array_agg(rule_id) as ids, array_agg(priority_class::text) as classes,
                     array_agg(priority::text) as priorities, array_agg(conditions) as conditions,
                     array_agg(actions) as actions
              from push_rules group by 1) r
        full join (select user_name as key, array_agg(rule_id) as switched, array_agg(enabled::text) as states
                   from push_rules_enable group by 1) s on s.key = r.key
        """,
        (user, dendrite, synapse) -> {
          if (dendrite == null) {
            findings.looked();
            findings.found(user, "has push rules that Dendrite does not have");
          } else {
            ObjectNode rules = EventJson.read(dendrite.getString("content"));
            if (rules != null) {
              new User(user, Stored.of(synapse), findings).compare(rules.path("global"));
            }
          }
        });
  }

  /** What Synapse has of one user. */
  private record Stored(Map<String, Rule> rules, Map<String, Boolean> switches) {

    private record Rule(int priorityClass, int priority, String conditions, String actions) {}

    static Stored of(ResultSet row) throws SQLException {
      Stored stored = new Stored(new HashMap<>(), new HashMap<>());
      if (row != null) {
        List<String> ids = Lists.texts(row, "ids");
        for (int i = 0; i < ids.size(); i++) {
          stored.rules.put(
              ids.get(i),
              new Rule(
                  Integer.parseInt(Lists.texts(row, "classes").get(i)),
                  Integer.parseInt(Lists.texts(row, "priorities").get(i)),
                  Lists.texts(row, "conditions").get(i),
                  Lists.texts(row, "actions").get(i)));
        }
        List<String> switched = Lists.texts(row, "switched");
        for (int i = 0; i < switched.size(); i++) {
          stored.switches.put(switched.get(i), Lists.texts(row, "states").get(i).equals("1"));
        }
      }
      return stored;
    }
  }

  /** The rules of one user. */
  private record User(String id, Stored stored, Findings findings) {

    void compare(JsonNode global) {
      List<String> own = new ArrayList<>();
      for (Map.Entry<String, Integer> kind : KINDS.entrySet()) {
        int above = Integer.MAX_VALUE;
        for (JsonNode rule : global.path(kind.getKey())) {
          String ruleId = EventJson.text(rule, "rule_id");
          if (ruleId == null) {
            continue;
          }
          String fullId = "global/" + kind.getKey() + "/" + carried(kind.getKey(), ruleId);
          if (rule.path("default").asBoolean()) {
            compareDefault(fullId, ruleId, rule);
          } else if (own.contains(fullId)
              || isWithoutPattern(kind.getKey(), rule)
              || !hasReadableConditions(kind.getKey(), rule.path("conditions"))) {
            continue;
          } else {
            own.add(fullId);
            above = compareOwn(fullId, kind, above, rule);
          }
        }
      }
      for (Map.Entry<String, Stored.Rule> rule : stored.rules().entrySet()) {
        boolean changedDefault = rule.getValue().priorityClass() == -1;
        if (!changedDefault && !own.contains(rule.getKey())) {
          findings.found(id + " " + rule.getKey(), "is a push rule that Dendrite does not have");
        }
      }
    }

    /** Returns the priority, below which the next rule of the kind must be. */
    private int compareOwn(
        String fullId, Map.Entry<String, Integer> kind, int above, JsonNode rule) {
      findings.looked();
      Stored.Rule found = stored.rules().get(fullId);
      String name = id + " " + fullId;
      if (found == null) {
        findings.found(name, "this push rule is missing");
        return above;
      }
      if (found.priorityClass() != kind.getValue() || found.priority() >= above) {
        findings.found(name, "this push rule has another place among the others");
      }
      if (!actions(rule.path("actions")).equals(actions(read(found.actions())))) {
        findings.found(name, "this push rule does something else");
      }
      if (!conditions(kind.getKey(), rule).equals(read(found.conditions()))) {
        findings.found(name, "this push rule is for other events");
      }
      if (rule.path("enabled").asBoolean() != stored.switches().getOrDefault(fullId, true)) {
        findings.found(name, "this push rule is on where it was off or the reverse");
      }
      return found.priority();
    }

    private void compareDefault(String fullId, String ruleId, JsonNode rule) {
      findings.looked();
      boolean byDefault = !ruleId.equals(OFF_BY_DEFAULT);
      if (rule.path("enabled").asBoolean() != stored.switches().getOrDefault(fullId, byDefault)) {
        findings.found(id + " " + fullId, "this push rule is on where it was off or the reverse");
      }
      Stored.Rule changed = stored.rules().get(fullId);
      boolean same =
          changed == null
              ? isDefault(ruleId, rule.path("actions"))
              : changed.priorityClass() == -1
                  && actions(rule.path("actions")).equals(actions(read(changed.actions())));
      if (!same) {
        findings.found(id + " " + fullId, "this push rule does something else");
      }
    }
  }

  /** Rules that Dendrite never had by default are left out. */
  private static boolean isDefault(String ruleId, JsonNode actions) {
    String effect = effect(actions);
    return effect.equals(DEFAULT_EFFECTS.getOrDefault(ruleId, effect))
        || ONCE_QUIET.contains(ruleId) && effect.equals(QUIET) && actions.size() > 1;
  }

  /**
   * What actions amount to: whether they notify, and their tweaks, in the order of the alphabet.
   */
  private static String effect(JsonNode actions) {
    Set<String> effects = new TreeSet<>();
    for (JsonNode action : actions(actions)) {
      if (action.isTextual()) {
        if (List.of("notify", "coalesce").contains(action.textValue())) {
          effects.add("notify");
        }
        continue;
      }
      String tweak = EventJson.text(action, "set_tweak");
      JsonNode value = action.path("value");
      effects.removeIf(one -> one.equals(tweak) || one.startsWith(tweak + "="));
      boolean plain = value.isMissingNode() || value.isNull() || value.equals(BooleanNode.TRUE);
      if (plain) {
        effects.add(tweak);
      } else if (!"highlight".equals(tweak) || !value.equals(BooleanNode.FALSE)) {
        effects.add(tweak + "=" + (value.isTextual() ? value.textValue() : value.toString()));
      }
    }
    return String.join(" ", effects);
  }

  /** A slash ends the id of a rule for Synapse, but in those that are named by a room or user. */
  private static String carried(String kind, String ruleId) {
    String storable = ruleId.replace('\0', '\uFFFD');
    return kind.equals("room") || kind.equals("sender") ? storable : storable.replace('/', '_');
  }

  private static boolean isWithoutPattern(String kind, JsonNode rule) {
    return kind.equals("content") && EventJson.text(rule, "pattern") == null;
  }

  /** Synapse fails on all rules of a user for one condition that is no object. */
  private static boolean hasReadableConditions(String kind, JsonNode conditions) {
    if (List.of("override", "underride").contains(kind) && conditions.isArray()) {
      for (JsonNode condition : conditions) {
        if (!condition.isObject() || !isReadable(condition, 0)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isReadable(JsonNode value, int level) {
    if (level > DEEPEST_NESTING || value.isNumber() && Double.isInfinite(value.doubleValue())) {
      return false;
    }
    for (JsonNode part : value) {
      if (!isReadable(part, level + 1)) {
        return false;
      }
    }
    return true;
  }

  /** What an event must be like, in the words of Synapse. */
  private static JsonNode conditions(String kind, JsonNode rule) {
    String matched =
        switch (kind) {
          case "content" -> "content.body";
          case "room" -> "room_id";
          case "sender" -> "user_id";
          default -> null;
        };
    if (matched == null) {
      JsonNode conditions = rule.path("conditions");
      return conditions.isArray() ? conditions : JsonNodeFactory.instance.arrayNode();
    }
    String pattern = EventJson.text(rule, kind.equals("content") ? "pattern" : "rule_id");
    ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
    conditions.addObject().put("kind", "event_match").put("key", matched).put("pattern", pattern);
    return conditions;
  }

  private static JsonNode read(String array) {
    ObjectNode wrapped = EventJson.read("{\"array\":" + array + "}");
    return wrapped == null ? null : wrapped.path("array");
  }

  /** Those that any server knows. */
  private static List<JsonNode> actions(JsonNode actions) {
    List<JsonNode> known = new ArrayList<>();
    if (actions != null) {
      for (JsonNode action : actions) {
        if (action.isTextual()
            || EventJson.text(action, "set_tweak") != null && isReadable(action, 0)) {
          known.add(action);
        }
      }
    }
    return known;
  }
}
