package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.probe.Probes;
import d2s.acceptance.recording.Answers;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules about who may read a room, its members and its aliases. */
final class RoomRules {
  private static final Set<String> NOT_A_MEMBER = Set.of("invite", "ban", "knock");

  private RoomRules() {}

  static Item onlyMembersRead(Item item, Background background) {
    String person = item.keyPart(0);
    String room = item.keyPart(1);
    boolean refused = item.after() == null || isForbidden(item.after());
    return refused && mayNotRead(person, room, background) ? item.explained() : item;
  }

  /**
   * True if Synapse has to refuse: by membership, or because Dendrite knows the room as forgotten.
   */
  private static boolean mayNotRead(String person, String room, Background background) {
    JsonNode member = background.ownMemberEvent(person, room);
    JsonNode history =
        background.recorded().answers().of("messages_order").get(Answers.key(person, room));
    return NOT_A_MEMBER.contains(member.at("/content/membership").asText())
        || (history != null && isForbidden(history));
  }

  static Item strangersAreRefused(Item item, Background background) {
    boolean nothingBefore = item.before() != null && item.before().path("chunk").isEmpty();
    return nothingBefore && item.after() != null && isForbidden(item.after())
        ? item.explained()
        : item;
  }

  static Item worldReadablePage(Item item, Background background) {
    if (item.before() == null || item.after() == null || !item.after().has("chunk")) {
      return item;
    }
    List<String> before = Background.texts(item.before().get("chunk"));
    List<String> after = Background.texts(item.after().get("chunk"));
    boolean allOpen =
        after.stream()
            .map(background.graph()::node)
            .allMatch(node -> node.isWorldReadable() || node.changesVisibility());
    return allOpen && after.containsAll(before) ? item.explained() : item;
  }

  static Item memberIsInState(Item item, Background background) {
    if (item.before() != null) {
      return item;
    }
    JsonNode state =
        background.state(item.keyPart(0), item.keyPart(1), "m.room.member", item.keyPart(2));
    boolean same =
        state.path("event_id").equals(item.after().get("event_id"))
            && state.path("content").equals(item.after().get("content"));
    return same ? item.explained() : item;
  }

  static Item stateOfThen(Item item, Background background) {
    if (item.before() == null) {
      return item;
    }
    EventGraph graph = background.graph();
    String eventId = item.before().path("event_id").asText();
    JsonNode member = background.ownMemberEvent(item.keyPart(0), item.keyPart(1));
    String leave = member.path("event_id").asText();
    boolean later =
        member.at("/content/membership").asText().equals("leave")
            && graph.isAncestor(leave, eventId)
            && graph.node(eventId).isWorldReadable();
    return later && isOfThen(item, leave, background) ? item.explained() : item;
  }

  /** True if Synapse shows nothing, or what the person saw in the history before they left. */
  private static boolean isOfThen(Item item, String leave, Background background) {
    if (item.after() == null) {
      return true;
    }
    String then = item.after().path("event_id").asText();
    String now = item.before().path("event_id").asText();
    JsonNode seen =
        background
            .recorded()
            .answers()
            .of("messages")
            .get(Answers.key(item.keyPart(0), item.keyPart(1), then));
    return seen != null
        && seen.path("content").equals(item.after().path("content"))
        && background.graph().areOfOneTuple(then, now)
        && background.graph().isAncestor(then, leave);
  }

  static Item membersOfOpenRooms(Item item, Background background) {
    String room = item.keyPart(1);
    JsonNode visibility = background.state(item.keyPart(0), room, "m.room.history_visibility", "");
    boolean isOpen = visibility.at("/content/history_visibility").asText().equals("world_readable");
    if (!isOpen || item.before() == null || !isForbidden(item.before()) || item.after() == null) {
      return item;
    }
    boolean right =
        background.recorded().answers().of("joined_members").entrySet().stream()
            .filter(answer -> answer.getKey().endsWith("|" + room))
            .map(Map.Entry::getValue)
            .filter(answer -> answer.has("joined"))
            .anyMatch(answer -> emptyToNull(answer).equals(emptyToNull(item.after())));
    return right ? item.explained() : item;
  }

  static Item noNameIsNull(Item item, Background background) {
    return item.before() == null || item.after() == null
        ? item
        : item.with(emptyToNull(item.before()), emptyToNull(item.after()));
  }

  private static JsonNode emptyToNull(JsonNode answer) {
    if (!answer.path("joined").isObject()) {
      return answer;
    }
    ObjectNode joined = Probes.object();
    for (Map.Entry<String, JsonNode> member : answer.get("joined").properties()) {
      ObjectNode shown = joined.putObject(member.getKey());
      for (String field : List.of("display_name", "avatar_url")) {
        JsonNode value = member.getValue().path(field);
        shown.set(field, value.asText("").isEmpty() ? NullNode.instance : value);
      }
    }
    return Probes.object().set("joined", joined);
  }

  static Item remoteAlias(Item item, Background background) {
    String alias = background.recorded().aliases().get(item.key());
    boolean remote = !alias.endsWith(":" + background.recorded().serverName());
    boolean unreachable = item.after() != null && item.after().path("__status").asInt() == 502;
    return remote && unreachable ? item.explained() : item;
  }

  static Item serversInAnyOrder(Item item, Background background) {
    return item.before() == null || item.after() == null
        ? item
        : item.with(sorted("servers", item.before()), sorted("servers", item.after()));
  }

  static Item aliases(Item item, Background background) {
    return item.before() == null || item.after() == null
        ? item
        : item.with(sorted("aliases", item.before()), sorted("aliases", item.after()));
  }

  private static JsonNode sorted(String field, JsonNode answer) {
    if (!answer.path(field).isArray()) {
      return answer;
    }
    ObjectNode sorted = answer.deepCopy();
    ArrayNode elements = sorted.putArray(field);
    Background.texts(answer.get(field)).stream().sorted().forEach(elements::add);
    return sorted;
  }

  private static boolean isForbidden(JsonNode answer) {
    return answer.path("__status").asInt() == 403;
  }
}
