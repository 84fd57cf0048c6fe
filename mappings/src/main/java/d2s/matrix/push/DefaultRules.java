package d2s.matrix.push;

import java.util.List;
import java.util.Map;

/**
 * The default rules that Dendrite gives to a new account, and what they do. Synapse's defaults of
 * the same name do the same. Accounts keep what was the default when they were made:
 *
 * <ul>
 *   <li>Until late 2022 no default was silent about highlighting; it said {@code false}. Four rules
 *       did less than today.
 *   <li>Until late 2023 rules that do nothing said {@code dont_notify}.
 * </ul>
 *
 * <p>Source: Dendrite, internal/pushrules/default_*.go and their history.
 */
final class DefaultRules {

  private static final Map<String, Object> HIGHLIGHT = Map.of("set_tweak", "highlight");
  private static final Map<String, Object> NO_HIGHLIGHT =
      Map.of("set_tweak", "highlight", "value", false);

  private static final RuleEffect NOTHING = RuleEffect.of(List.of());
  private static final RuleEffect QUIET = RuleEffect.of(List.of("notify"));
  private static final RuleEffect LOUD = RuleEffect.of(List.of("notify", sound("default")));
  private static final RuleEffect RINGING = RuleEffect.of(List.of("notify", sound("ring")));
  private static final RuleEffect HIGHLIGHTED = RuleEffect.of(List.of("notify", HIGHLIGHT));
  private static final RuleEffect LOUD_AND_HIGHLIGHTED =
      RuleEffect.of(List.of("notify", sound("default"), HIGHLIGHT));

  private static final Map<String, RuleEffect> DEFAULTS =
      Map.ofEntries(
          Map.entry(".m.rule.master", NOTHING),
          Map.entry(".m.rule.suppress_notices", NOTHING),
          Map.entry(".m.rule.invite_for_me", LOUD),
          Map.entry(".m.rule.member_event", NOTHING),
          Map.entry(".m.rule.contains_display_name", LOUD_AND_HIGHLIGHTED),
          Map.entry(".m.rule.roomnotif", HIGHLIGHTED),
          Map.entry(".m.rule.tombstone", HIGHLIGHTED),
          Map.entry(".m.rule.reaction", NOTHING),
          Map.entry(".m.rule.room.server_acl", NOTHING),
          Map.entry(".m.rule.contains_user_name", LOUD_AND_HIGHLIGHTED),
          Map.entry(".m.rule.call", RINGING),
          Map.entry(".m.rule.room_one_to_one", LOUD),
          Map.entry(".m.rule.encrypted_room_one_to_one", LOUD),
          Map.entry(".m.rule.message", QUIET),
          Map.entry(".m.rule.encrypted", QUIET));

  /** These only notified until late 2022. */
  private static final List<String> ONCE_QUIET =
      List.of(
          ".m.rule.roomnotif",
          ".m.rule.tombstone",
          ".m.rule.room_one_to_one",
          ".m.rule.encrypted_room_one_to_one");

  private final boolean old;

  private DefaultRules(boolean old) {
    this.old = old;
  }

  /** The defaults that were in force when this rule set was made. */
  static DefaultRules of(List<StoredRule> ruleSet) {
    return new DefaultRules(
        ruleSet.stream()
            .filter(
                rule ->
                    ".m.rule.invite_for_me".equals(rule.id()) || ".m.rule.call".equals(rule.id()))
            .anyMatch(rule -> rule.actions().contains(NO_HIGHLIGHT)));
  }

  private static Map<String, Object> sound(String name) {
    return Map.of("set_tweak", "sound", "value", name);
  }

  /** Whether Dendrite ever made a default rule of this name. */
  static boolean contains(String ruleId) {
    return DEFAULTS.containsKey(ruleId);
  }

  /** Whether the rule is on unless the user says otherwise. */
  static boolean isEnabled(String ruleId) {
    return !ruleId.equals(".m.rule.master");
  }

  /** Whether a default rule does what it did when the account was made. */
  boolean isUnchanged(StoredRule rule) {
    if (RuleEffect.of(rule.actions()).equals(DEFAULTS.get(rule.id()))) {
      return true;
    }
    // Said in these words, because since then a user can have made such a rule quiet.
    return old
        && ONCE_QUIET.contains(rule.id())
        && rule.actions().stream().distinct().toList().equals(List.of("notify", NO_HIGHLIGHT));
  }
}
