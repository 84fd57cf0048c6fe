package d2s.matrix.push;

import d2s.engine.extension.Emitter;
import d2s.engine.extension.Group;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowColumn.FlagColumn;
import d2s.engine.extension.RowColumn.IntegerColumn;
import d2s.engine.extension.RowColumn.TextColumn;
import d2s.engine.extension.RowShape;
import d2s.engine.extension.Rows;
import d2s.engine.function.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Translates the rule set of one account at a time.
 *
 * <p>Reads {@code rule_sets}: one row per account, {@code content} is the JSON of {@code
 * m.push_rules}.
 *
 * <p>Emits {@code rule}: a rule that the user made, or the changed actions of a default rule, which
 * Synapse keeps under the priority class −1. Emits {@code switch}: whether a rule is on, for every
 * rule that the user made and for default rules that differ from the default.
 */
public final class PushRules implements Hook {

  private static final RowShape RULE_SETS = RowShape.of("rule_sets");
  private static final TextColumn CONTENT = RULE_SETS.text("content");

  private static final RowShape RULE = RowShape.of("rule");
  private static final IntegerColumn RULE_NUMBER = RULE.integer("id");
  private static final TextColumn RULE_USER = RULE.text("user_id");
  private static final TextColumn RULE_ID = RULE.text("rule_id");
  private static final IntegerColumn PRIORITY_CLASS = RULE.integer("priority_class");
  private static final IntegerColumn PRIORITY = RULE.integer("priority");
  private static final TextColumn CONDITIONS = RULE.text("conditions");
  private static final TextColumn ACTIONS = RULE.text("actions");

  private static final RowShape SWITCH = RowShape.of("switch");
  private static final IntegerColumn SWITCH_NUMBER = SWITCH.integer("id");
  private static final TextColumn SWITCH_USER = SWITCH.text("user_id");
  private static final TextColumn SWITCHED_RULE = SWITCH.text("rule_id");
  private static final FlagColumn ENABLED = SWITCH.flag("enabled");

  /** Synapse's priority class for the changed actions of a default rule. */
  private static final int CHANGED_DEFAULT = -1;

  private static final String NO_CONDITIONS = "[]";

  private long rules;
  private long switches;

  @Override
  public String description() {
    return "Translates the rule set of one account: its own rules, the changed actions of default"
        + " rules, and which rules are on or off.";
  }

  @Override
  public List<RowShape> reads() {
    return List.of(RULE_SETS);
  }

  @Override
  public List<RowShape> emits() {
    return List.of(RULE, SWITCH);
  }

  @Override
  public void group(Group group, Emitter out) {
    Rows rows = group.rows(RULE_SETS);
    for (boolean first = true; rows.next(); first = false) {
      String user = (String) group.key();
      if (first) {
        new Account(user, out).translate(rows.get(CONTENT));
      } else {
        out.skip(
            user,
            "Dendrite has the push rules of the account more than once, which only a broken index"
                + " allows; the first ones stay");
      }
    }
  }

  /** The rules of one account. */
  private final class Account {

    private final String userId;
    private final Emitter out;
    private final Set<String> carried = new HashSet<>();

    Account(String userId, Emitter out) {
      this.userId = userId;
      this.out = out;
    }

    void translate(String content) {
      Map<?, ?> ruleSet = read(content);
      if (ruleSet == null) {
        out.skip(userId, "the push rules of the account cannot be read; it gets the default rules");
        return;
      }
      List<StoredRule> all = new ArrayList<>();
      for (RuleKind kind : RuleKind.values()) {
        all.addAll(kind.rules(ruleSet));
      }
      DefaultRules defaults = DefaultRules.of(all);
      for (RuleKind kind : RuleKind.values()) {
        translate(kind, kind.rules(ruleSet), defaults);
      }
      disableMentions(all);
    }

    private void translate(RuleKind kind, List<StoredRule> stored, DefaultRules defaults) {
      // Evaluated from the highest number down.
      int priority = stored.size();
      for (StoredRule rule : stored) {
        if (rule.id() == null) {
          out.skip(userId, "a push rule of the kind " + kind.arrayName() + " has no rule ID");
        } else if (rule.isDefault()) {
          translateDefault(kind, rule, defaults);
        } else {
          translateOwn(kind, rule, priority);
        }
        priority--;
      }
    }

    private void translateOwn(RuleKind kind, StoredRule rule, int priority) {
      String fullId = kind.fullId(kind.carriedId(rule.id()));
      if (!kind.isComplete(rule)) {
        out.skip(name(kind, rule), "the push rule has no pattern, so it never matched anything");
      } else if (kind.hasConditions() && !ReadableRule.hasConditions(rule.conditions())) {
        out.skip(
            name(kind, rule),
            "the push rule has a condition that Synapse cannot read; with it, no client of the user"
                + " would get anything new");
      } else if (!carried.add(fullId)) {
        out.skip(name(kind, rule), "a push rule before it has the same rule ID");
      } else {
        reportUnknownActions(kind, rule);
        rule(fullId, kind.priorityClass(), priority, kind.conditions(rule), rule);
        toggle(fullId, rule.enabled());
      }
    }

    private void translateDefault(RuleKind kind, StoredRule rule, DefaultRules defaults) {
      String fullId = kind.fullId(rule.id());
      if (!DefaultRules.contains(rule.id())) {
        out.skip(
            name(kind, rule), "a default push rule of this name is not known; it is left behind");
        return;
      }
      if (!carried.add(fullId)) {
        return;
      }
      if (!defaults.isUnchanged(rule)) {
        reportUnknownActions(kind, rule);
        rule(fullId, CHANGED_DEFAULT, 1, NO_CONDITIONS, rule);
      }
      if (rule.enabled() != DefaultRules.isEnabled(rule.id())) {
        toggle(fullId, rule.enabled());
      }
    }

    /**
     * Dendrite has no rules for intentional mentions (Matrix 1.7), with which Synapse notifies
     * first. Who had switched off the rules that look for the own name or for {@code @room} does
     * not want those either.
     */
    private void disableMentions(List<StoredRule> all) {
      if (isOff(all, ".m.rule.contains_display_name") && isOff(all, ".m.rule.contains_user_name")) {
        disable(".m.rule.is_user_mention");
      }
      if (isOff(all, ".m.rule.roomnotif")) {
        disable(".m.rule.is_room_mention");
      }
    }

    private void disable(String overrideRule) {
      String fullId = RuleKind.OVERRIDE.fullId(overrideRule);
      if (carried.add(fullId)) {
        toggle(fullId, false);
      }
    }

    private void reportUnknownActions(RuleKind kind, StoredRule rule) {
      if (RuleEffect.hasUnknown(rule.actions())) {
        out.skip(
            name(kind, rule),
            "the push rule has an action that no server knows; it is carried without that action");
      }
    }

    private String name(RuleKind kind, StoredRule rule) {
      return userId + " " + kind.arrayName() + " " + rule.id();
    }

    private void rule(
        String fullId, int priorityClass, int priority, String conditions, StoredRule rule) {
      out.row(RULE)
          .set(RULE_NUMBER, ++rules)
          .set(RULE_USER, userId)
          .set(RULE_ID, fullId)
          .set(PRIORITY_CLASS, priorityClass)
          .set(PRIORITY, priority)
          .set(CONDITIONS, conditions)
          .set(ACTIONS, Json.write(RuleEffect.readable(rule.actions())))
          .emit();
    }

    private void toggle(String fullId, boolean enabled) {
      out.row(SWITCH)
          .set(SWITCH_NUMBER, ++switches)
          .set(SWITCH_USER, userId)
          .set(SWITCHED_RULE, fullId)
          .set(ENABLED, enabled)
          .emit();
    }
  }

  private static boolean isOff(List<StoredRule> all, String ruleId) {
    return all.stream().anyMatch(rule -> ruleId.equals(rule.id()) && !rule.enabled());
  }

  /** The global rule set; null if the text is not one. */
  private static Map<?, ?> read(String content) {
    try {
      return Json.parse(content) instanceof Map<?, ?> account
              && account.get("global") instanceof Map<?, ?> global
          ? global
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
