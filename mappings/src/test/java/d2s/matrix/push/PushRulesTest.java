package d2s.matrix.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushRulesTest {

  private static final String DEFAULTS_OF_2022 =
      """
      {"override":[
        {"rule_id":".m.rule.master","default":true,"enabled":false,"actions":["dont_notify"]},
        {"rule_id":".m.rule.suppress_notices","default":true,"enabled":true,
         "actions":["dont_notify"]},
        {"rule_id":".m.rule.invite_for_me","default":true,"enabled":true,
         "actions":["notify",{"set_tweak":"sound","value":"default"},
                    {"set_tweak":"highlight","value":false}]},
        {"rule_id":".m.rule.member_event","default":true,"enabled":true,
         "actions":["dont_notify"]},
        {"rule_id":".m.rule.contains_display_name","default":true,"enabled":true,
         "actions":["notify",{"set_tweak":"sound","value":"default"},
                    {"set_tweak":"highlight","value":true}]},
        {"rule_id":".m.rule.tombstone","default":true,"enabled":true,
         "actions":["notify",{"set_tweak":"highlight","value":false}]},
        {"rule_id":".m.rule.roomnotif","default":true,"enabled":true,
         "actions":["notify",{"set_tweak":"highlight","value":false}]}],
       "content":[
        {"rule_id":".m.rule.contains_user_name","default":true,"enabled":true,"pattern":"a",
         "actions":["notify",{"set_tweak":"sound","value":"default"},
                    {"set_tweak":"highlight","value":true}]}],
       "underride":[
        {"rule_id":".m.rule.call","default":true,"enabled":true,
         "actions":["notify",{"set_tweak":"sound","value":"ring"},
                    {"set_tweak":"highlight","value":false}]},
        {"rule_id":".m.rule.encrypted_room_one_to_one","default":true,"enabled":true,
         "actions":["notify",{"set_tweak":"highlight","value":false}]},
        {"rule_id":".m.rule.room_one_to_one","default":true,"enabled":true,
         "actions":["notify",{"set_tweak":"highlight","value":false},
                    {"set_tweak":"highlight","value":false}]},
        {"rule_id":".m.rule.message","default":true,"enabled":true,"actions":["notify"]},
        {"rule_id":".m.rule.encrypted","default":true,"enabled":true,"actions":["notify"]}]}
      """;

  @Test
  void theDefaultsOfAnOldAccountAreNoChange() {
    Translation translation = Translation.ofGlobal(DEFAULTS_OF_2022);

    assertThat(translation.rules).isEmpty();
    assertThat(translation.switches).isEmpty();
    assertThat(translation.skipped).isEmpty();
  }

  @Test
  void aRuleThatWasMadeQuietOnAnOldAccountIsAChange() {
    // The default of that time says that there is no highlight; clients do not.
    String changed =
        DEFAULTS_OF_2022.replaceFirst(
            "(?s)\\{\"rule_id\":\".m.rule.room_one_to_one\".*?\\]\\}",
            underrideRule(".m.rule.room_one_to_one", "[\"notify\"]"));

    assertThat(Translation.ofGlobal(changed).rules)
        .containsExactly("global/underride/.m.rule.room_one_to_one -1 1 [] [\"notify\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".m.rule.room_one_to_one|[\"notify\"]",
        ".m.rule.room_one_to_one|[\"notify\",{\"set_tweak\":\"highlight\",\"value\":false}]",
        ".m.rule.message|[]",
        ".m.rule.message|[\"notify\",{\"set_tweak\":\"sound\",\"value\":\"default\"}]",
        ".m.rule.message|[\"notify\",{\"set_tweak\":\"org.x\",\"value\":{\"a\":1}}]",
      })
  void changedActionsOfADefaultRuleAreCarried(String ruleId, String actions) {
    Translation translation = Translation.ofGlobal(underride(ruleId, actions));

    assertThat(translation.rules)
        .containsExactly("global/underride/" + ruleId + " -1 1 [] " + actions);
    assertThat(translation.switches).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".m.rule.message|[\"notify\"]",
        ".m.rule.message|[\"notify\",{\"set_tweak\":\"highlight\",\"value\":false}]",
        ".m.rule.message|[\"coalesce\"]",
        ".m.rule.call|[{\"value\":\"ring\",\"set_tweak\":\"sound\"},\"notify\"]",
        ".m.rule.encrypted|[\"dont_notify\",\"notify\"]",
      })
  void theSameInOtherWordsIsNoChange(String ruleId, String actions) {
    assertThat(Translation.ofGlobal(underride(ruleId, actions)).rules).isEmpty();
  }

  @Test
  void onlySwitchesThatDifferFromTheDefaultAreCarriedForDefaultRules() {
    Translation translation =
        Translation.ofGlobal(
            """
            {"override":[
              {"rule_id":".m.rule.master","default":true,"enabled":true,"actions":[]},
              {"rule_id":".m.rule.reaction","default":true,"enabled":false,"actions":[]},
              {"rule_id":".m.rule.tombstone","default":true,"enabled":true,
               "actions":["notify",{"set_tweak":"highlight"}]}]}
            """);

    assertThat(translation.rules).isEmpty();
    assertThat(translation.switches)
        .containsExactly(
            "global/override/.m.rule.master true", "global/override/.m.rule.reaction false");
  }

  @Test
  void ownRulesKeepTheirOrderAndGetTheConditionsOfTheirKind() {
    Translation translation =
        Translation.ofGlobal(
            """
            {"override":[
              {"rule_id":"second","default":false,"enabled":true,"conditions":[],"actions":[]},
              {"rule_id":"first","default":false,"enabled":false,
               "conditions":[{"kind":"room_member_count","is":"\\u003e2"}],"actions":["notify"]}],
             "content":[{"rule_id":"k","enabled":true,"pattern":"ca\\"ke","actions":["notify"]}],
             "room":[{"rule_id":"!r:x","enabled":true,"actions":["dont_notify"]}],
             "sender":[{"rule_id":"@b/c:x","enabled":true,"actions":[]}],
             "underride":[{"rule_id":"u","enabled":true,"actions":["coalesce"]}]}
            """);

    assertThat(translation.rules)
        .containsExactly(
            "global/override/second 5 2 [] []",
            "global/override/first 5 1 [{\"kind\":\"room_member_count\",\"is\":\">2\"}]"
                + " [\"notify\"]",
            "global/content/k 4 1 [{\"kind\":\"event_match\",\"key\":\"content.body\","
                + "\"pattern\":\"ca\\\"ke\"}] [\"notify\"]",
            "global/room/!r:x 3 1 [{\"kind\":\"event_match\",\"key\":\"room_id\","
                + "\"pattern\":\"!r:x\"}] [\"dont_notify\"]",
            "global/sender/@b/c:x 2 1 [{\"kind\":\"event_match\",\"key\":\"user_id\","
                + "\"pattern\":\"@b/c:x\"}] []",
            "global/underride/u 1 1 [] [\"notify\"]");
    assertThat(translation.switches)
        .hasSize(6)
        .contains("global/override/first false", "global/override/second true");
    assertThat(translation.skipped).isEmpty();
  }

  @Test
  void aRuleIdThatSynapseWouldShowInPartIsChangedAndOneThatIsTakenIsSkipped() {
    Translation translation =
        Translation.ofGlobal(
            """
            {"override":[
              {"rule_id":"a/b","enabled":true,"actions":[]},
              {"rule_id":"a_b","enabled":true,"actions":["notify"]},
              {"rule_id":"n\\u0000l","enabled":true,"actions":[]}]}
            """);

    assertThat(translation.rules)
        .containsExactly("global/override/a_b 5 3 [] []", "global/override/n\uFFFDl 5 1 [] []");
    assertThat(translation.skipped)
        .containsExactly("@a:x override a_b: a push rule before it has the same rule ID");
  }

  @Test
  void anActionThatSynapseCannotReadIsDroppedAndNamed() {
    Translation translation =
        Translation.ofGlobal(
            """
            {"room":[{"rule_id":"!r:x","enabled":true,
              "actions":["notify","org.shout",7,null,{"value":1},{"set_tweak":3}]}]}
            """);

    assertThat(translation.rules).singleElement().asString().endsWith(" [\"notify\"]");
    assertThat(translation.skipped)
        .singleElement()
        .asString()
        .startsWith("@a:x room !r:x: the push rule has an action that no server knows");
  }

  @Test
  void incompleteAndUnknownRulesAreNamed() {
    Translation translation =
        Translation.ofGlobal(
            """
            {"content":[{"rule_id":"k","enabled":true,"actions":["notify"]}],
             "override":[{"enabled":true,"actions":[]}, 17,
               {"rule_id":".org.unknown","default":true,"enabled":true,"actions":[]}]}
            """);

    assertThat(translation.rules).isEmpty();
    assertThat(translation.switches).isEmpty();
    assertThat(translation.skipped)
        .hasSize(4)
        .anyMatch(skipped -> skipped.contains("content k: the push rule has no pattern"))
        .anyMatch(skipped -> skipped.contains(".org.unknown: a default push rule of this name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "[]", "{}", "{\"global\":[]}", "{\"global\":null}"})
  void anAccountWhoseRulesCannotBeReadIsNamed(String content) {
    Translation translation = Translation.of(content);

    assertThat(translation.rules).isEmpty();
    assertThat(translation.skipped).singleElement().asString().startsWith("@a:x: the push rules");
  }

  @Test
  void whoSwitchedOffMentionsByNameGetsNoIntentionalMentionsEither() {
    assertThat(mentions(false, false, false))
        .contains(
            "global/override/.m.rule.is_user_mention false",
            "global/override/.m.rule.is_room_mention false");
    assertThat(mentions(false, true, true)).noneMatch(text -> text.contains("mention"));
    assertThat(mentions(true, false, true)).noneMatch(text -> text.contains("mention"));
  }

  private static List<String> mentions(boolean displayName, boolean userName, boolean room) {
    return Translation.ofGlobal(
            """
            {"override":[
               {"rule_id":".m.rule.contains_display_name","default":true,"enabled":%s,
                "actions":["notify",{"set_tweak":"sound","value":"default"},
                           {"set_tweak":"highlight"}]},
               {"rule_id":".m.rule.roomnotif","default":true,"enabled":%s,
                "actions":["notify",{"set_tweak":"highlight"}]}],
             "content":[{"rule_id":".m.rule.contains_user_name","default":true,"enabled":%s,
               "actions":["notify",{"set_tweak":"sound","value":"default"},
                          {"set_tweak":"highlight"}]}]}
            """
                .formatted(displayName, room, userName))
        .switches;
  }

  private static String underride(String ruleId, String actions) {
    return "{\"underride\":[" + underrideRule(ruleId, actions) + "]}";
  }

  private static String underrideRule(String ruleId, String actions) {
    return "{\"rule_id\":\"%s\",\"default\":true,\"enabled\":true,\"actions\":%s}"
        .formatted(ruleId, actions);
  }
}
