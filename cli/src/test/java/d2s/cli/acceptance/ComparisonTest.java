package d2s.cli.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.testing.TestDatabase;
import d2s.engine.testing.TestPostgres;
import d2s.matrix.catalog.BundledRecordings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The rules must not hide a loss. Here every recorded answer is lost, refused or falsified in turn,
 * and whatever the rules let pass must be what they are meant for.
 */
class ComparisonTest {
  private static final List<String> EVENT_FAMILIES = List.of("state", "messages", "event");

  private static RecordedHomeserver recorded;
  private static Background background;

  @BeforeAll
  static void load() throws SQLException {
    recorded = RecordedHomeserver.load("scenario13");
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore("dendrite-0.13.8", connection);
      background = Background.of(recorded, EventGraph.read(connection));
    }
  }

  @Test
  void theSameAnswersDoNotDiffer() {
    Comparison comparison =
        Comparison.of(background, recorded.answers(), MigratedHomeserver.FAMILIES);

    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.emptyFamilies()).isEmpty();
  }

  @Test
  void aFamilyWithoutAnswersIsNoticed() {
    assertThat(Comparison.of(background, recorded.answers(), List.of("stata")).emptyFamilies())
        .containsExactly("stata");
  }

  @Test
  void aLostAnswerIsNoticed() {
    Map<Rule, List<String>> passed = let(answer -> null);

    assertThat(passed.keySet())
        .containsExactlyInAnyOrder(
            Rule.PAGES_OVERLAP,
            Rule.ONLY_MEMBERS_READ,
            Rule.REDACTED_REDACTION_IS_WITHHELD,
            Rule.IGNORED_PEOPLE_ARE_HIDDEN,
            Rule.OWN_INVITE_IS_NOT_HISTORY,
            Rule.USER_SIGNING_KEY_IS_PRIVATE,
            Rule.NO_TAGS);
    // Only what Dendrite tells of the last tag that is gone.
    assertThat(passed.get(Rule.NO_TAGS)).allMatch(key -> key.endsWith("|m.tag"));
    assertThat(passed.get(Rule.USER_SIGNING_KEY_IS_PRIVATE))
        .allMatch(key -> key.matches("keys_query (.+)\\|user_signing_keys\\|@(?!\\1:).*"));
    assertThat(passed.get(Rule.OWN_INVITE_IS_NOT_HISTORY)).hasSizeLessThan(10);
    assertThat(passed.get(Rule.IGNORED_PEOPLE_ARE_HIDDEN))
        .isNotEmpty()
        .allMatch(key -> key.contains("erin|"));
    assertThat(passed.get(Rule.ONLY_MEMBERS_READ))
        .allMatch(
            key ->
                key.contains("|mod")
                    || key.contains("|empty")
                    || key.contains("|pbanus")
                    || key.contains("|knock")
                    || key.contains("|inv_to_peer_ok"));
  }

  @Test
  void aRefusedAnswerIsNoticed() {
    ObjectNode forbidden = Questions.object().put("__status", 403).put("errcode", "M_FORBIDDEN");

    Map<Rule, List<String>> passed = let(answer -> forbidden);

    assertThat(passed.keySet())
        .isSubsetOf(
            Rule.ONLY_MEMBERS_READ,
            Rule.STRANGERS_ARE_REFUSED,
            Rule.CONTEXT_IS_FOR_MEMBERS,
            Rule.EVENT_FOLLOWS_THE_HISTORY);
  }

  @Test
  void aServerThatFailsIsNoticed() {
    ObjectNode failed = Questions.object().put("__status", 500);

    assertThat(let(answer -> failed)).isEmpty();
  }

  @Test
  void anEventWithOtherContentIsNoticed() {
    for (String field : List.of("content", "sender", "type", "origin_server_ts", "room_id")) {
      forEachAnswer(
          EVENT_FAMILIES,
          (family, key) -> {
            JsonNode event = recorded.answers().of(family).get(key);
            if (event.has("event_id")) {
              ObjectNode falsified = event.deepCopy();
              falsified.put(field, "something else");
              assertThat(explain(family, key, event, falsified, new ArrayList<>()).isEqual())
                  .as("%s of %s %s", field, family, key)
                  .isFalse();
            }
          });
    }
  }

  @Test
  void aRedactionThatIsUndoneIsNoticed() {
    List<String> redacted = new ArrayList<>();
    forEachAnswer(
        EVENT_FAMILIES,
        (family, key) -> {
          JsonNode event = recorded.answers().of(family).get(key);
          if (event.at("/unsigned/redacted_because").isObject()) {
            ObjectNode restored = event.deepCopy();
            restored.set("content", Questions.object().put("body", "what was said"));
            ((ObjectNode) restored.get("unsigned"))
                .remove(List.of("redacted_because", "redacted_by"));
            assertThat(explain(family, key, event, restored, new ArrayList<>()).isEqual())
                .isFalse();
            redacted.add(key);
          }
        });
    assertThat(redacted).hasSizeGreaterThan(100);
  }

  @Test
  void historyInTheWrongOrderIsNoticed() {
    for (String family : List.of("messages_order", "sync_timeline_join")) {
      recorded
          .answers()
          .of(family)
          .forEach(
              (key, before) -> {
                List<String> events = Background.texts(before);
                if (before.isArray() && events.size() > 1) {
                  var turned = Questions.array();
                  turned.add(events.get(events.size() - 1));
                  events.subList(0, events.size() - 1).forEach(turned::add);
                  assertThat(explain(family, key, before, turned, new ArrayList<>()).isEqual())
                      .as("%s %s", family, key)
                      .isFalse();
                }
              });
    }
  }

  @Test
  void aStrangerWhoSeesSomethingIsNoticed() {
    recorded
        .answers()
        .of("messages_denied")
        .forEach(
            (key, before) -> {
              var leak = Questions.object();
              ArrayNode chunk = leak.putArray("chunk");
              before.path("chunk").forEach(chunk::add);
              chunk.add("$leaked");
              assertThat(explain("messages_denied", key, before, leak, new ArrayList<>()).isEqual())
                  .as(key)
                  .isFalse();
            });
  }

  @Test
  void anotherFileIsNoticed() {
    for (String field : List.of("sha256", "size", "type", "disposition")) {
      for (String value : List.of("text/html", "inline; filename=other.txt", "0")) {
        forEachAnswer(
            List.of("media"),
            (family, key) -> {
              JsonNode before = recorded.answers().of(family).get(key);
              if (!before.get(field).asText().equals(value)) {
                ObjectNode falsified = before.deepCopy();
                falsified.put(field, value);
                assertThat(explain(family, key, before, falsified, new ArrayList<>()).isEqual())
                    .as("%s of %s", field, key)
                    .isFalse();
              }
            });
      }
    }
  }

  @Test
  void aThumbnailOfAnotherSizeIsNoticed() {
    for (String type : List.of("image/png", "image/jpeg")) {
      forEachAnswer(
          List.of("thumbnails"),
          (family, key) -> {
            JsonNode before = recorded.answers().of(family).get(key);
            ObjectNode falsified = before.deepCopy();
            falsified.put("type", type).put("dims", "33x31").put("sha256", "other");
            assertThat(explain(family, key, before, falsified, new ArrayList<>()).isEqual())
                .as(key)
                .isFalse();
          });
    }
  }

  /**
   * Changes every answer in turn.
   *
   * @return the family and key of the answers whose change was let pass, by the last rule used
   */
  private static Map<Rule, List<String>> let(UnaryOperator<JsonNode> change) {
    Map<Rule, List<String>> passed = new EnumMap<>(Rule.class);
    forEachAnswer(
        MigratedHomeserver.FAMILIES,
        (family, key) -> {
          JsonNode before = recorded.answers().of(family).get(key);
          JsonNode after = change.apply(before);
          List<Rule> used = new ArrayList<>();
          if (!before.equals(after) && explain(family, key, before, after, used).isEqual()) {
            passed
                .computeIfAbsent(used.get(used.size() - 1), rule -> new ArrayList<>())
                .add(family + " " + key);
          }
        });
    return passed;
  }

  private static Item explain(
      String family, String key, JsonNode before, JsonNode after, List<Rule> used) {
    return Rule.explain(new Item(family, key, before, after), background, used);
  }

  private static void forEachAnswer(List<String> families, BiConsumer<String, String> action) {
    families.forEach(
        family ->
            recorded.answers().of(family).keySet().forEach(key -> action.accept(family, key)));
  }
}
