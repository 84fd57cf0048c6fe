package d2s.matrix.verification.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Push rules of one user that no recording has. */
class PushRulesVerificationTest {

  private static final String USER = "@a:our.example";
  private static final String MISSING = ": this push rule is missing";

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table userapi_accounts (localpart text, server_name text)",
        "create table userapi_account_datas (localpart text, server_name text, room_id text,"
            + " type text, content text)",
        "insert into userapi_accounts values ('a', 'our.example')",
        "insert into userapi_account_datas values ('a', 'our.example', '', 'm.push_rules', '{}')");
    databases.inSynapse(
        "create table push_rules (user_name text, rule_id text, priority_class int, priority int,"
            + " conditions text, actions text)",
        "create table push_rules_enable (user_name text, rule_id text, enabled int)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  /** What is found with these rules of one kind in Dendrite. */
  private FoundThings with(String kind, String rules) throws SQLException {
    return withContent("{\"global\":{\"" + kind + "\":[" + rules + "]}}");
  }

  private FoundThings withContent(String content) throws SQLException {
    try (PreparedStatement statement =
        databases.source().prepareStatement("update userapi_account_datas set content = ?")) {
      statement.setString(1, content);
      statement.executeUpdate();
    }
    FoundThings found = new FoundThings();
    new PushRulesVerification().verify(databases, found);
    return found;
  }

  private static String rule(String id, String more) {
    return "{\"rule_id\":\"" + id + "\",\"enabled\":true,\"actions\":[]" + more + "}";
  }

  private void store(String id, int kind, int priority, String actions) throws SQLException {
    String key = id.startsWith("global/sender/") ? "user_id" : "room_id";
    String conditions =
        kind == -1
            ? "[]"
            : "[{\"kind\":\"event_match\",\"key\":\"%s\",\"pattern\":\"%s\"}]"
                .formatted(key, id.substring(id.lastIndexOf('/') + 1));
    databases.inSynapse(
        "insert into push_rules values ('%s', '%s', %d, %d, '%s', '%s')"
            .formatted(USER, id, kind, priority, conditions, actions));
  }

  @Test
  void aRuleIsForTheSameEvents() throws SQLException {
    databases.inSynapse(
        "insert into push_rules values ('%s', 'global/override/a', 5, 1, '[{\"a\":1}]', '[]')"
            .formatted(USER),
        "insert into push_rules values ('%s', 'global/content/b', 4, 1, '%s', '[]')"
            .formatted(
                USER, "[{\"kind\":\"event_match\",\"key\":\"content.body\",\"pattern\":\"x\"}]"));
    String other = ": this push rule is for other events";
    String content = "{\"global\":{\"override\":[%s],\"content\":[%s]}}";

    assertThat(
            withContent(
                    content.formatted(
                        rule("a", ",\"conditions\":[{\"a\":1}]"), rule("b", ",\"pattern\":\"x\"")))
                .found())
        .isEmpty();
    assertThat(
            withContent(
                    content.formatted(
                        rule("a", ",\"conditions\":[{\"a\":2}]"), rule("b", ",\"pattern\":\"y\"")))
                .found())
        .containsExactlyInAnyOrder(
            USER + " global/override/a" + other, USER + " global/content/b" + other);
  }

  @Test
  void noRulesAreRight() throws SQLException {
    assertThat(withContent("{}").found()).isEmpty();
    assertThat(withContent("{}").count()).isZero();
    assertThat(withContent("x").found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "override, a/b, override/a_b",
    "underride, a/b, underride/a_b",
    "content, a/b, content/a_b",
    "room, !a/b, room/!a/b",
    "sender, @a/b:c, sender/@a/b:c",
    "override, a\\u0000b, override/a\uFFFDb",
  })
  void eachKindHasItsIds(String kind, String id, String carried) throws SQLException {
    FoundThings found = with(kind, rule(id, ",\"pattern\":\"x\",\"conditions\":[]"));

    assertThat(found.found()).containsExactly(USER + " global/" + carried + MISSING);
    assertThat(found.count()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"rule_id\":1}", "1"})
  void whatHasNoIdIsNoRule(String rule) throws SQLException {
    assertThat(with("override", rule).found()).isEmpty();
  }

  @Test
  void aRuleOfContentNeedsAPattern() throws SQLException {
    assertThat(with("content", rule("a", "")).found()).isEmpty();
    assertThat(with("content", rule("a", ",\"pattern\":1")).found()).isEmpty();
    assertThat(with("content", rule("a", ",\"pattern\":\"\"")).found()).hasSize(1);
    assertThat(with("sender", rule("a", "")).found()).hasSize(1);
  }

  private static String nested(int levels) {
    return ",\"conditions\":[{\"x\":" + "[".repeat(levels) + "1" + "]".repeat(levels) + "}]";
  }

  @Test
  void conditionsThatSynapseCannotReadAreLeftOut() throws SQLException {
    for (String kind : new String[] {"override", "underride"}) {
      assertThat(with(kind, rule("a", ",\"conditions\":[1]")).found()).isEmpty();
      assertThat(with(kind, rule("a", ",\"conditions\":[{},1]")).found()).isEmpty();
      assertThat(with(kind, rule("a", ",\"conditions\":[{\"x\":1e999}]")).found()).isEmpty();
      assertThat(with(kind, rule("a", ",\"conditions\":[{\"x\":1e99}]")).found()).hasSize(1);
      assertThat(with(kind, rule("a", ",\"conditions\":1")).found()).hasSize(1);
      assertThat(with(kind, rule("a", ",\"conditions\":[]")).found()).hasSize(1);
      assertThat(with(kind, rule("a", nested(99))).found()).hasSize(1);
      assertThat(with(kind, rule("a", nested(100))).found()).isEmpty();
    }
    assertThat(with("room", rule("a", ",\"conditions\":[1]")).found()).hasSize(1);
  }

  @Test
  void theFirstOfTwoRulesWithOneIdCounts() throws SQLException {
    store("global/room/a", 3, 1, "[]");

    assertThat(with("room", rule("a", "") + "," + rule("a", "")).found()).isEmpty();
    assertThat(with("room", rule("a", "") + "," + rule("b", "")).found())
        .containsExactly(USER + " global/room/b" + MISSING);
  }

  @Test
  void eachRuleIsBelowTheOneBefore() throws SQLException {
    store("global/room/a", 3, 2, "[]");
    store("global/room/b", 3, 1, "[]");
    store("global/sender/a", 2, 5, "[]");
    String two = rule("a", "") + "," + rule("b", "");
    String sender = ",\"sender\":[" + rule("a", "") + "]";
    assertThat(withContent("{\"global\":{\"room\":[" + two + "]" + sender + "}}").found())
        .isEmpty();

    databases.inSynapse("update push_rules set priority = 2 where rule_id = 'global/room/b'");
    assertThat(withContent("{\"global\":{\"room\":[" + two + "]" + sender + "}}").found())
        .containsExactly(
            USER + " global/room/b: this push rule has another place among the others");
  }

  /** The one that is missing leaves open where the next must be. */
  @Test
  void aMissingRuleDoesNotMoveTheOthers() throws SQLException {
    store("global/room/a", 3, 1, "[]");
    store("global/room/c", 3, 1, "[]");

    assertThat(with("room", rule("a", "") + "," + rule("b", "") + "," + rule("c", "")).found())
        .containsExactly(
            USER + " global/room/b" + MISSING,
            USER + " global/room/c: this push rule has another place among the others");
  }

  @Test
  void actionsThatNoServerKnowsDoNotCount() throws SQLException {
    store("global/room/a", 3, 1, "[\"notify\"]");
    String rule = "{\"rule_id\":\"a\",\"enabled\":true,\"actions\":[\"notify\"%s]}";

    assertThat(with("room", rule.formatted("")).found()).isEmpty();
    assertThat(with("room", rule.formatted(",1,{},{\"set_tweak\":1}")).found()).isEmpty();
    assertThat(with("room", rule.formatted(",{\"set_tweak\":\"x\",\"value\":1e999}")).found())
        .isEmpty();
    assertThat(with("room", rule.formatted(",{\"set_tweak\":\"x\",\"value\":1}")).found())
        .containsExactly(USER + " global/room/a: this push rule does something else");
    assertThat(with("room", rule.formatted(",\"coalesce\"")).found()).hasSize(1);
  }

  @Test
  void onlyTheMasterRuleIsOffByDefault() throws SQLException {
    String off = "{\"rule_id\":\"%s\",\"default\":true,\"enabled\":%s,\"actions\":[]}";
    String reverse = ": this push rule is on where it was off or the reverse";

    assertThat(with("override", off.formatted(".m.rule.master", false)).found()).isEmpty();
    assertThat(with("override", off.formatted(".m.rule.master", true)).found())
        .containsExactly(USER + " global/override/.m.rule.master" + reverse);
    assertThat(with("override", off.formatted(".m.rule.x", true)).found()).isEmpty();
    assertThat(with("override", off.formatted(".m.rule.x", false)).found())
        .containsExactly(USER + " global/override/.m.rule.x" + reverse);
    assertThat(with("override", off.formatted(".m.rule.x", true)).count()).isEqualTo(1);

    store("global/override/.m.rule.x", -1, 1, "[]");
    assertThat(with("override", off.formatted(".m.rule.x", true)).found()).isEmpty();
  }

  private FoundThings withDefault(String id, String actions) throws SQLException {
    return with(
        "override",
        "{\"rule_id\":\"%s\",\"default\":true,\"enabled\":true,\"actions\":[%s]}"
            .formatted(id, actions));
  }

  private static final String HIGHLIGHT = "{\"set_tweak\":\"highlight\"}";
  private static final String NO_HIGHLIGHT = "{\"set_tweak\":\"highlight\",\"value\":false}";
  private static final String SOUND = "{\"set_tweak\":\"sound\",\"value\":\"default\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".m.rule.reaction|",
        ".m.rule.reaction|\"dont_notify\"",
        ".m.rule.message|\"notify\"",
        ".m.rule.message|\"notify\"," + NO_HIGHLIGHT,
        ".m.rule.message|\"coalesce\"",
        ".m.rule.message|" + HIGHLIGHT + ",\"notify\"," + NO_HIGHLIGHT,
        ".m.rule.room_one_to_one|\"notify\"," + SOUND,
        ".m.rule.room_one_to_one|\"notify\"," + NO_HIGHLIGHT,
        ".m.rule.tombstone|\"notify\"," + HIGHLIGHT,
        ".m.rule.tombstone|{\"set_tweak\":\"highlight\",\"value\":true},\"notify\"",
        ".m.rule.tombstone|{\"set_tweak\":\"highlight\",\"value\":null},\"notify\"",
        ".m.rule.unknown|\"notify\"," + SOUND,
      })
  void aDefaultRuleThatDoesWhatItDoesByDefaultIsNotStored(String id, String actions)
      throws SQLException {
    assertThat(withDefault(id, actions == null ? "" : actions).found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".m.rule.reaction|\"notify\"",
        ".m.rule.message|",
        ".m.rule.message|\"notify\"," + SOUND,
        ".m.rule.message|\"notify\"," + HIGHLIGHT,
        ".m.rule.room_one_to_one|\"notify\"",
        ".m.rule.room_one_to_one|\"notify\",{\"set_tweak\":\"sound\",\"value\":\"ring\"}",
        ".m.rule.room_one_to_one|\"notify\",{\"set_tweak\":\"sound\"}",
        ".m.rule.invite_for_me|\"notify\"," + NO_HIGHLIGHT,
        ".m.rule.tombstone|\"notify\",{\"set_tweak\":\"highlight\",\"value\":1}",
      })
  void aDefaultRuleThatTheUserChangedIsStored(String id, String actions) throws SQLException {
    assertThat(withDefault(id, actions == null ? "" : actions).found())
        .containsExactly(USER + " global/override/" + id + ": this push rule does something else");
  }
}
