package d2s.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.comparison.Background;
import d2s.acceptance.comparison.Comparison;
import d2s.acceptance.comparison.EventGraph;
import d2s.acceptance.comparison.Item;
import d2s.acceptance.comparison.ToleratedDifference;
import d2s.acceptance.probe.Probes;
import d2s.acceptance.recording.AnswerKinds;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The rules must not hide a loss. Here every recorded answer is lost, refused or falsified in turn,
 * and whatever the rules let pass must be what they are meant for.
 */
class ComparisonTest {
  private static final List<String> EVENT_KINDS = List.of("state", "messages", "event");
  private static final int NEWEST_VERSION = 11;

  /** A room that the world may read, which ivan has left. */
  private static final String OPEN_ROOM = "hv_world_readable";

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
    Comparison comparison = Comparison.of(background, recorded.answers(), AnswerKinds.RECORDED);

    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.emptyKinds()).isEmpty();
  }

  @Test
  void aKindWithoutAnswersIsNoticed() {
    assertThat(Comparison.of(background, recorded.answers(), List.of("stata")).emptyKinds())
        .containsExactly("stata");
  }

  @Test
  void aLostAnswerIsNoticed() {
    Map<ToleratedDifference, List<String>> passed = let(answer -> null);

    assertThat(passed.keySet())
        .containsExactlyInAnyOrder(
            ToleratedDifference.PAGES_OVERLAP,
            ToleratedDifference.ONLY_MEMBERS_READ,
            ToleratedDifference.REDACTED_REDACTION_IS_WITHHELD,
            ToleratedDifference.IGNORED_PEOPLE_ARE_HIDDEN,
            ToleratedDifference.OWN_INVITE_IS_NOT_HISTORY,
            ToleratedDifference.USER_SIGNING_KEY_IS_PRIVATE,
            ToleratedDifference.NO_TAGS);
    assertThat(passed.get(ToleratedDifference.NO_TAGS))
        .containsExactly("sync_room_account_data bob|pub|m.tag");
    assertThat(passed.get(ToleratedDifference.USER_SIGNING_KEY_IS_PRIVATE))
        .allMatch(key -> key.matches("keys_query (.+)\\|user_signing_keys\\|@(?!\\1:).*"));
    assertThat(passed.get(ToleratedDifference.OWN_INVITE_IS_NOT_HISTORY)).hasSizeLessThan(10);
    assertThat(passed.get(ToleratedDifference.IGNORED_PEOPLE_ARE_HIDDEN))
        .isNotEmpty()
        .allMatch(key -> key.contains("erin|"));
    assertThat(passed.get(ToleratedDifference.ONLY_MEMBERS_READ))
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
    ObjectNode forbidden = Probes.object().put("__status", 403).put("errcode", "M_FORBIDDEN");

    Map<ToleratedDifference, List<String>> passed = let(answer -> forbidden);

    assertThat(passed.keySet())
        .isSubsetOf(
            ToleratedDifference.ONLY_MEMBERS_READ,
            ToleratedDifference.STRANGERS_ARE_REFUSED,
            ToleratedDifference.CONTEXT_IS_FOR_MEMBERS,
            ToleratedDifference.EVENT_FOLLOWS_THE_HISTORY);
  }

  @Test
  void aServerThatFailsIsNoticed() {
    ObjectNode failed = Probes.object().put("__status", 500);

    assertThat(let(answer -> failed)).isEmpty();
  }

  @Test
  void anEventWithOtherContentIsNoticed() {
    for (String field : List.of("content", "sender", "type", "origin_server_ts", "room_id")) {
      forEachAnswer(
          EVENT_KINDS,
          (kind, key) -> {
            JsonNode event = recorded.answers().of(kind).get(key);
            if (event.has("event_id")) {
              ObjectNode falsified = event.deepCopy();
              falsified.put(field, "something else");
              assertThat(explain(kind, key, event, falsified, new ArrayList<>()).isEqual())
                  .as("%s of %s %s", field, kind, key)
                  .isFalse();
            }
          });
    }
  }

  @Test
  void aRedactionThatIsUndoneIsNoticed() {
    List<String> redacted = new ArrayList<>();
    forEachAnswer(
        EVENT_KINDS,
        (kind, key) -> {
          JsonNode event = recorded.answers().of(kind).get(key);
          if (event.at("/unsigned/redacted_because").isObject()) {
            ObjectNode restored = event.deepCopy();
            restored.set("content", Probes.object().put("body", "what was said"));
            ((ObjectNode) restored.get("unsigned"))
                .remove(List.of("redacted_because", "redacted_by"));
            assertThat(explain(kind, key, event, restored, new ArrayList<>()).isEqual()).isFalse();
            redacted.add(key);
          }
        });
    assertThat(redacted).hasSizeGreaterThan(100);
  }

  @Test
  void historyInTheWrongOrderIsNoticed() {
    for (String kind : List.of("messages_order", "sync_timeline_join")) {
      recorded
          .answers()
          .of(kind)
          .forEach(
              (key, before) -> {
                List<String> events = Background.texts(before);
                if (before.isArray() && events.size() > 1) {
                  var turned = Probes.array();
                  turned.add(events.get(events.size() - 1));
                  events.subList(0, events.size() - 1).forEach(turned::add);
                  assertThat(explain(kind, key, before, turned, new ArrayList<>()).isEqual())
                      .as("%s %s", kind, key)
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
              var leak = Probes.object();
              ArrayNode chunk = leak.putArray("chunk");
              before.path("chunk").forEach(chunk::add);
              chunk.add("$leaked");
              assertThat(explain("messages_denied", key, before, leak, new ArrayList<>()).isEqual())
                  .as(key)
                  .isFalse();
            });
  }

  @Test
  void aChangedSettingIsNoticed() {
    int changed = 0;
    for (String kind : List.of("override", "content", "room", "sender", "underride")) {
      changed += change("pushrules", "/global/" + kind, rule -> flip(rule, "enabled"));
      changed += change("pushrules", "/global/" + kind, rule -> rule.putArray("actions").add("x"));
    }
    assertThat(changed).isGreaterThan(300);
    assertThat(change("pushers", "/pushers", pusher -> pusher.put("pushkey", "other")))
        .isEqualTo(4);
    assertThat(change("pushers", "/pushers", ObjectNode::removeAll)).isEqualTo(4);
    assertThat(change("filters", "/got/room/timeline", part -> part.put("limit", 77))).isEqualTo(3);
    assertThat(change("presence", "", presence -> presence.put("status_msg", "x"))).isEqualTo(13);
    assertThat(change("hierarchy", "", room -> room.put("name", "x"))).isEqualTo(4);
    assertThat(change("hierarchy", "", room -> flip(room, "guest_can_join"))).isLessThan(4);
    assertThat(change("hierarchy", "/children_state", child -> child.put("state_key", "!x")))
        .isEqualTo(3);
    assertThat(change("public_rooms", "", room -> room.put("num_joined_members", 0))).isEqualTo(2);
    assertThat(change("tags", "/tags", tags -> tags.put("u.other", 1))).isEqualTo(3);
  }

  private static void flip(ObjectNode node, String field) {
    node.put(field, !node.get(field).asBoolean());
  }

  /**
   * Changes every object at a place of the answers of a kind, one at a time.
   *
   * @param place of an object or of an array of objects
   * @return how many changes were noticed; one that was not is an error, but for guest access
   */
  private static int change(String kind, String place, Consumer<ObjectNode> operation) {
    int noticed = 0;
    for (Map.Entry<String, JsonNode> answer : recorded.answers().of(kind).entrySet()) {
      JsonNode before = answer.getValue();
      JsonNode at = before.at(place);
      int parts = at.isArray() ? at.size() : at.isObject() ? 1 : 0;
      for (int i = 0; i < parts; i++) {
        JsonNode falsified = before.deepCopy();
        JsonNode changed = falsified.at(place);
        operation.accept((ObjectNode) (changed.isArray() ? changed.get(i) : changed));
        List<ToleratedDifference> used = new ArrayList<>();
        boolean isNoticed = !explain(kind, answer.getKey(), before, falsified, used).isEqual();
        noticed += isNoticed ? 1 : 0;
        assertThat(isNoticed || used.contains(ToleratedDifference.GUESTS_MAY_JOIN_WHERE_INVITED))
            .as("%s of %s %s", place, kind, answer.getKey())
            .isTrue();
      }
    }
    return noticed;
  }

  @Test
  void anUnreadMessageThatIsLostIsNoticed() {
    recorded
        .answers()
        .of("notifications")
        .forEach(
            (person, before) -> {
              if (before.path("notifications").size() > 20) {
                ObjectNode falsified = before.deepCopy();
                JsonNode last = falsified.get("notifications").get(20);
                ArrayNode rest = falsified.putArray("notifications");
                before
                    .get("notifications")
                    .forEach(
                        one -> {
                          if (!one.at("/event/event_id").equals(last.at("/event/event_id"))) {
                            rest.add(one);
                          }
                        });
                assertThat(
                        explain("notifications", person, before, falsified, new ArrayList<>())
                            .isEqual())
                    .as(person)
                    .isFalse();
              }
            });
  }

  @Test
  void whatIsReadNeedNotBeListedButNotAsUnread() {
    String receipt =
        recorded.answers().of("sync_receipts").keySet().stream()
            .filter(key -> key.contains("|m.read|" + background.userId(personIn(key)) + "|"))
            .filter(key -> recorded.answers().of("notifications").containsKey(personIn(key)))
            .findFirst()
            .orElseThrow();
    String person = personIn(receipt);
    JsonNode without = recorded.answers().of("notifications").get(person);
    ObjectNode with = without.deepCopy();
    ObjectNode one = with.withArray("notifications").addObject().put("read", false);
    one.putArray("actions").add("notify");
    one.putObject("event").put("event_id", receipt.substring(receipt.lastIndexOf('|') + 1));
    List<ToleratedDifference> used = new ArrayList<>();

    assertThat(explain("notifications", person, with, without, used).isEqual()).isTrue();
    assertThat(used).containsExactly(ToleratedDifference.READ_IS_READ);
    assertThat(explain("notifications", person, without, with, new ArrayList<>()).isEqual())
        .isFalse();
    one.put("read", true);
    assertThat(explain("notifications", person, without, with, new ArrayList<>()).isEqual())
        .isTrue();
  }

  private static String personIn(String key) {
    return key.substring(0, key.indexOf('|'));
  }

  @Test
  void anotherFileIsNoticed() {
    for (String field : List.of("sha256", "size", "type", "disposition")) {
      for (String value : List.of("text/html", "inline; filename=other.txt", "0")) {
        forEachAnswer(
            List.of("media"),
            (kind, key) -> {
              JsonNode before = recorded.answers().of(kind).get(key);
              if (!before.get(field).asText().equals(value)) {
                ObjectNode falsified = before.deepCopy();
                falsified.put(field, value);
                assertThat(explain(kind, key, before, falsified, new ArrayList<>()).isEqual())
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
          (kind, key) -> {
            JsonNode before = recorded.answers().of(kind).get(key);
            ObjectNode falsified = before.deepCopy();
            falsified.put("type", type).put("dims", "33x31").put("sha256", "other");
            assertThat(explain(kind, key, before, falsified, new ArrayList<>()).isEqual())
                .as(key)
                .isFalse();
          });
    }
  }

  @Test
  void onlyARedactedPredecessorIsPruned() {
    List<Succession> successions = successions();
    assertThat(successions).isNotEmpty();
    for (Succession succession : successions) {
      Background redacted = withRedactionOf(succession.older());
      JsonNode before = succession.told("membership", "join", "topic", "what was said");
      for (JsonNode pruned : List.of(succession.told(), succession.told("membership", "join"))) {
        List<ToleratedDifference> used = new ArrayList<>();
        Item item = new Item("messages", succession.key(), before, pruned);
        assertThat(ToleratedDifference.explain(item, redacted, used).isEqual())
            .as(succession.key())
            .isTrue();
        assertThat(used).containsExactly(ToleratedDifference.REDACTED_PREDECESSOR_IS_PRUNED);
        assertNoticed(item, background);
      }
      ObjectNode unnamed = succession.told();
      ((ObjectNode) unnamed.get("unsigned")).remove("replaces_state");
      ObjectNode untold = succession.told();
      ((ObjectNode) untold.get("unsigned")).remove("prev_content");
      ObjectNode falsified = succession.told();
      falsified.set("content", Probes.object().put("topic", "something else"));
      for (JsonNode loss :
          List.of(
              unnamed,
              untold,
              falsified,
              succession.told("membership", "leave"),
              succession.told("membership", "join", "reason", "new"))) {
        assertNoticed(new Item("messages", succession.key(), before, loss), redacted);
      }
    }
  }

  private static Background withRedactionOf(String eventId) {
    EventGraph.Node redaction =
        new EventGraph.Node(
            List.of(), 0, 0, "m.room.redaction", null, eventId, "", null, NEWEST_VERSION);
    return new Background(
        recorded,
        background.graph().with("$redaction", redaction),
        background.redactedRedactions());
  }

  private static void assertNoticed(Item item, Background background) {
    assertThat(ToleratedDifference.explain(item, background, new ArrayList<>()).isEqual())
        .as("%s: %s instead of %s", item.key(), item.after(), item.before())
        .isFalse();
  }

  /**
   * A state event and an older one of the same type and state key.
   *
   * @param key of the younger one among the messages
   */
  private record Succession(String key, ObjectNode younger, String older) {

    /**
     * The younger event as a server shows it that tells what it replaced.
     *
     * @param formerContent fields and values in turn
     */
    ObjectNode told(String... formerContent) {
      ObjectNode event = younger.deepCopy();
      ObjectNode unsigned = event.putObject("unsigned").put("replaces_state", older);
      ObjectNode former = unsigned.putObject("prev_content");
      for (int i = 0; i < formerContent.length; i += 2) {
        former.put(formerContent[i], formerContent[i + 1]);
      }
      return event;
    }
  }

  /** Every state event that follows from one of the same tuple, with the one that it replaced. */
  private static List<Succession> successions() {
    List<Succession> successions = new ArrayList<>();
    recorded
        .answers()
        .of("messages")
        .forEach(
            (key, event) -> {
              String older = event.at("/unsigned/replaces_state").asText();
              String eventId = event.get("event_id").asText();
              if (background.graph().areOfOneTuple(older, eventId)
                  && background.graph().isAncestor(older, eventId)) {
                successions.add(new Succession(key, event.deepCopy(), older));
              }
            });
    return successions;
  }

  @Test
  void aRefusedHistoryExcusesOnlyWhatIsRight() {
    ObjectNode refused = Probes.object().put("__status", 500).put("errcode", "M_UNKNOWN");
    ObjectNode forbidden = Probes.object().put("__status", 403).put("errcode", "M_FORBIDDEN");
    List<String> hidden = new ArrayList<>();
    recorded
        .answers()
        .of("messages_order")
        .forEach(
            (key, history) -> {
              String[] parts = key.split("\\|", -1);
              JsonNode member = background.ownMemberEvent(parts[0], parts[1]);
              boolean joined = member.at("/content/membership").asText().equals("join");
              if (!joined || !history.isArray() || history.size() < 3) {
                return;
              }
              List<ToleratedDifference> used = new ArrayList<>();
              assertThat(explain("messages_order", key, refused, history, used).isEqual())
                  .as(key)
                  .isTrue();
              assertThat(used).containsExactly(ToleratedDifference.HISTORY_NEEDS_ITS_SERVER);
              assertNoticed(new Item("messages_order", key, forbidden, history), background);
              ArrayNode turned = Probes.array();
              Background.texts(history).forEach(eventId -> turned.insert(0, eventId));
              List<JsonNode> losses =
                  new ArrayList<>(
                      List.of(
                          forbidden, Probes.object().put("__status", 502), Probes.array(), turned));
              losses.add(null);
              for (String eventId : hiddenFrom(parts[0], parts[1])) {
                ArrayNode leak = Probes.array().add(eventId);
                history.forEach(leak::add);
                losses.add(leak);
                hidden.add(eventId);
              }
              for (JsonNode loss : losses) {
                assertNoticed(new Item("messages_order", key, refused, loss), background);
              }
            });
    assertThat(hidden).isNotEmpty();
  }

  @Test
  void onlyTheMembersOfAnOpenRoomAreTold() {
    ObjectNode forbidden = Probes.object().put("__status", 403).put("errcode", "M_FORBIDDEN");
    String open = Answers.key("ivan", OPEN_ROOM);
    JsonNode members = recorded.answers().of("joined_members").get(Answers.key("judy", OPEN_ROOM));

    assertThat(explain("joined_members", open, forbidden, members, new ArrayList<>()).isEqual())
        .isTrue();
    ObjectNode fewer = members.deepCopy();
    ((ObjectNode) fewer.get("joined")).remove(background.userId("judy"));
    ObjectNode more = members.deepCopy();
    ((ObjectNode) more.get("joined")).putObject("@somebody:else");
    for (JsonNode wrong : List.of(fewer, more, Probes.object())) {
      assertNoticed(new Item("joined_members", open, forbidden, wrong), background);
    }
    ObjectNode failed = Probes.object().put("__status", 500);
    assertNoticed(new Item("joined_members", open, failed, members), background);
    recorded
        .answers()
        .of("joined_members")
        .forEach(
            (key, told) -> {
              if (!key.endsWith("|" + OPEN_ROOM) && told.has("joined")) {
                assertNoticed(new Item("joined_members", key, forbidden, told), background);
              }
            });
  }

  @Test
  void onlyWhatCameLaterIsHiddenFromFormerMembers() {
    String leave = background.ownMemberEvent("ivan", OPEN_ROOM).get("event_id").asText();
    JsonNode then = background.state("ivan", OPEN_ROOM, "m.room.name", "");
    ObjectNode now = then.deepCopy();
    now.put("event_id", "$later").putObject("content").put("name", "what it is called now");
    Item hidden = new Item("state", Answers.key("ivan", OPEN_ROOM, "m.room.name", ""), now, null);
    Item shownAsThen = hidden.with(now, then);
    Background renamed = withName(leave, true);

    for (Item item : List.of(hidden, shownAsThen)) {
      List<ToleratedDifference> used = new ArrayList<>();
      assertThat(ToleratedDifference.explain(item, renamed, used).isEqual()).isTrue();
      assertThat(used).contains(ToleratedDifference.FORMER_MEMBERS_SEE_THE_PAST);
      assertNoticed(item, withName(leave, false));
      assertNoticed(item, withName(background.graph().node(leave).parents().get(0), true));
      String ofMember = Answers.key("judy", OPEN_ROOM, "m.room.name", "");
      assertNoticed(new Item("state", ofMember, item.before(), item.after()), renamed);
    }
    ObjectNode falsified = then.deepCopy();
    falsified.putObject("content").put("name", "something else");
    assertNoticed(hidden.with(now, falsified), renamed);
    JsonNode other = background.state("ivan", OPEN_ROOM, "m.room.join_rules", "");
    assertNoticed(hidden.with(now, other), renamed);
  }

  /** The open room is renamed right after an event, by one whom the world sees do it, or not. */
  private static Background withName(String parent, boolean isOpen) {
    EventGraph.Node name =
        new EventGraph.Node(
            List.of(parent), 0, isOpen ? 1 : 2, "m.room.name", "", null, "", null, NEWEST_VERSION);
    return new Background(
        recorded, background.graph().with("$later", name), background.redactedRedactions());
  }

  /** Events of the room that Dendrite showed to others but not to this person. */
  private static List<String> hiddenFrom(String person, String room) {
    return recorded.answers().of("messages").keySet().stream()
        .map(key -> key.split("\\|", -1))
        .filter(key -> key[1].equals(room))
        .map(key -> key[2])
        .distinct()
        .filter(eventId -> !background.mayBeSeen(person, room, eventId))
        .toList();
  }

  /**
   * Changes every answer in turn.
   *
   * @return the kind and key of the answers whose change was let pass, by the last rule used
   */
  private static Map<ToleratedDifference, List<String>> let(UnaryOperator<JsonNode> change) {
    Map<ToleratedDifference, List<String>> passed = new EnumMap<>(ToleratedDifference.class);
    forEachAnswer(
        AnswerKinds.RECORDED,
        (kind, key) -> {
          JsonNode before = recorded.answers().of(kind).get(key);
          JsonNode after = change.apply(before);
          List<ToleratedDifference> used = new ArrayList<>();
          if (!before.equals(after) && explain(kind, key, before, after, used).isEqual()) {
            passed
                .computeIfAbsent(used.get(used.size() - 1), rule -> new ArrayList<>())
                .add(kind + " " + key);
          }
        });
    return passed;
  }

  private static Item explain(
      String kind, String key, JsonNode before, JsonNode after, List<ToleratedDifference> used) {
    return ToleratedDifference.explain(new Item(kind, key, before, after), background, used);
  }

  private static void forEachAnswer(List<String> kinds, BiConsumer<String, String> action) {
    kinds.forEach(
        kind -> recorded.answers().of(kind).keySet().forEach(key -> action.accept(kind, key)));
  }
}
