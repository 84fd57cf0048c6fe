package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.probe.Probes;
import d2s.acceptance.recording.Answers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Rules about what people have set and read, and about directories. */
final class UserDataRules {
  private static final String DENDRITES_LIMIT = "10";

  private UserDataRules() {}

  /** Whether both servers have answered with an object, and not refused. */
  private static boolean isAnswered(Item item) {
    return item.before() != null
        && item.before().isObject()
        && item.after() != null
        && item.after().isObject()
        && !item.after().has("__status");
  }

  static Item sentOnceMore(Item item, Background background) {
    JsonNode known =
        background
            .recorded()
            .answers()
            .of("sync_account_data")
            .get(Answers.key(item.keyPart(0), item.keyPart(2)));
    return item.before() == null && item.after() != null && item.after().equals(known)
        ? item.explained()
        : item;
  }

  static Item noTags(Item item, Background background) {
    boolean nullBefore = item.before() != null && item.before().path("tags").isNull();
    boolean none = item.before() != null && item.before().path("tags").isEmpty();
    if (item.after() == null && none && item.key().endsWith("|m.tag")) {
      return item.explained();
    }
    return nullBefore && isAnswered(item)
        ? item.with(Probes.object().set("tags", Probes.object()), item.after())
        : item;
  }

  static Item pushRules(Item item, Background background) {
    boolean rules = item.kind().equals("pushrules") || item.key().endsWith("|m.push_rules");
    return rules && isAnswered(item)
        ? item.with(
            PushRuleSet.normalised(item.before(), item.before()),
            PushRuleSet.normalised(item.after(), item.before()))
        : item;
  }

  static Item pushers(Item item, Background background) {
    return isAnswered(item)
        ? item.with(sortedPushers(item.before()), sortedPushers(item.after()))
        : item;
  }

  private static JsonNode sortedPushers(JsonNode answer) {
    List<ObjectNode> pushers = new ArrayList<>();
    for (JsonNode pusher : answer.path("pushers")) {
      ObjectNode copy = pusher.deepCopy();
      copy.remove("pushkey_ts");
      pushers.add(copy);
    }
    pushers.sort(Comparator.comparing(pusher -> pusher.path("app_id").asText()));
    return Probes.array().addAll(pushers);
  }

  static Item filters(Item item, Background background) {
    return isAnswered(item)
        ? item.with(withoutDefaults(item.before()), withoutDefaults(item.after()))
        : item;
  }

  /** The filter without what it means anyway: the usual format, Dendrite's limits, empty parts. */
  private static JsonNode withoutDefaults(JsonNode value) {
    if (!value.isObject()) {
      return value;
    }
    ObjectNode result = Probes.object();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode inner = withoutDefaults(member.getValue());
      boolean isDefault =
          (inner.isObject() && inner.isEmpty())
              || (member.getKey().equals("event_format") && inner.asText().equals("client"))
              || (member.getKey().equals("limit") && inner.asText().equals(DENDRITES_LIMIT));
      if (!isDefault) {
        result.set(member.getKey(), inner);
      }
    }
    return result;
  }

  static Item presence(Item item, Background background) {
    return isAnswered(item)
        ? item.with(statusMessage(item.before()), statusMessage(item.after()))
        : item;
  }

  private static ObjectNode statusMessage(JsonNode presence) {
    return Probes.object().put("status_msg", presence.path("status_msg").asText(""));
  }

  static Item readNotifications(Item item, Background background) {
    if (!isAnswered(item)) {
      return item;
    }
    Set<String> read = background.readBy(item.key());
    return item.with(
        without(item.before(), one -> read.contains(one.at("/event/event_id").asText())),
        without(
            item.after(),
            one ->
                one.path("read").asBoolean() && read.contains(one.at("/event/event_id").asText())));
  }

  private static JsonNode without(JsonNode answer, Predicate<JsonNode> left) {
    ObjectNode result = answer.deepCopy();
    ArrayNode rest = result.putArray("notifications");
    for (JsonNode notification : answer.path("notifications")) {
      if (!left.test(notification)) {
        rest.add(notification);
      }
    }
    return result;
  }

  static Item notifications(Item item, Background background) {
    if (!isAnswered(item)) {
      return item;
    }
    return item.with(
        byEvent(item.before(), background, true), byEvent(item.after(), background, false));
  }

  /**
   * What there is to tell about each event, once. Invites by other servers into rooms that it is
   * not in never were events of a timeline.
   */
  private static JsonNode byEvent(JsonNode answer, Background background, boolean dendrites) {
    Map<String, JsonNode> notifications = new TreeMap<>();
    for (JsonNode notification : answer.path("notifications")) {
      String eventId = notification.at("/event/event_id").asText();
      boolean inTimeline = background.graph().node(eventId).visibility() != 0;
      if (inTimeline || !dendrites) {
        ObjectNode told = Probes.object();
        told.set("room_id", notification.get("room_id"));
        told.set("read", notification.get("read"));
        told.set("actions", PushRuleSet.outcome(notification.get("actions")));
        notifications.put(eventId, told.set("sender", notification.at("/event/sender")));
      }
    }
    ObjectNode result = Probes.object();
    notifications.forEach(result::set);
    return result;
  }

  static Item roomSummaries(Item item, Background background) {
    if (!isAnswered(item)) {
      return item;
    }
    ObjectNode before = item.before().deepCopy();
    ObjectNode after = item.after().deepCopy();
    if (before.path("room_type").asText().isEmpty()) {
      before.remove("room_type");
    }
    for (String added : List.of("room_version", "allowed_room_ids", "room_type")) {
      if (!before.has(added)) {
        after.remove(added);
      }
    }
    for (ObjectNode room : List.of(before, after)) {
      if (room.path("children_state").isArray()) {
        room.set("children_state", sortedChildren(room.get("children_state")));
      }
    }
    return item.with(before, after);
  }

  static Item guestAccess(Item item, Background background) {
    if (!isAnswered(item)) {
      return item;
    }
    JsonNode guests = background.state("alice", item.key(), "m.room.guest_access", "");
    boolean mayJoin = guests.at("/content/guest_access").asText().equals("can_join");
    boolean open = item.before().path("join_rule").asText().equals("public");
    if (!mayJoin || open || !item.after().path("guest_can_join").asBoolean()) {
      return item;
    }
    ObjectNode after = item.after().deepCopy();
    return item.with(item.before(), after.put("guest_can_join", false));
  }

  private static ArrayNode sortedChildren(JsonNode children) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    children.forEach(child -> sorted.put(child.path("state_key").asText(), child));
    return Probes.array().addAll(sorted.values());
  }
}
