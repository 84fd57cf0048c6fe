package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import d2s.acceptance.probe.SyncProbes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Rules about which events a history shows, and in which order. */
final class HistoryRules {
  private HistoryRules() {}

  static Item sharedHistory(Item item, Background background) {
    return moreAfter(
        item,
        eventId ->
            background.graph().isOpenToMembers(eventId)
                && !isAfterLeaving(eventId, item.keyPart(0), item.keyPart(1), background));
  }

  /** True if the person had left the room when the event was sent. */
  private static boolean isAfterLeaving(
      String eventId, String person, String room, Background background) {
    JsonNode member = background.ownMemberEvent(person, room);
    if (member.at("/content/membership").asText().equals("join")) {
      return false;
    }
    EventGraph graph = background.graph();
    return graph.node(eventId).depth() > graph.node(member.path("event_id").asText()).depth();
  }

  static Item ignoredPeople(Item item, Background background) {
    Predicate<String> isIgnored =
        eventId ->
            background.ignores(item.keyPart(0), background.graph().node(eventId).sender())
                && background.graph().node(eventId).stateKey() == null;
    if (item.before() == null) {
      return item;
    }
    if (item.before().has("event_id")) {
      boolean gone = item.after() == null || item.after().path("__status").asInt() == 404;
      return gone && isIgnored.test(item.before().get("event_id").asText())
          ? item.explained()
          : item;
    }
    return item.with(
        EventRules.without(item.before(), id -> isIgnored.test(id.asText())), item.after());
  }

  static Item ownInvite(Item item, Background background) {
    Predicate<String> isOwnInvite =
        eventId -> {
          EventGraph.Node event = background.graph().node(eventId);
          return event.type().equals("m.room.member")
              && background.userId(item.keyPart(0)).equals(event.stateKey())
              && event.isMembership("invite")
              && !background.graph().isOpenToMembers(eventId);
        };
    if (item.before() == null) {
      return item;
    }
    if (item.before().has("event_id")) {
      boolean gone = item.after() == null;
      return gone && isOwnInvite.test(item.before().get("event_id").asText())
          ? item.explained()
          : item;
    }
    if (item.after() == null) {
      return item;
    }
    Set<String> shown = new HashSet<>(Background.texts(item.after()));
    return item.with(
        EventRules.without(
            item.before(), id -> !shown.contains(id.asText()) && isOwnInvite.test(id.asText())),
        item.after());
  }

  /** Takes away what only Synapse shows, where that is as it should be. */
  private static Item moreAfter(Item item, Predicate<String> rightly) {
    if (item.after() == null) {
      return item;
    }
    if (item.before() == null) {
      JsonNode eventId = item.after().path("event_id");
      return eventId.isTextual() && rightly.test(eventId.asText()) ? item.explained() : item;
    }
    if (!item.before().isArray() || !item.after().isArray()) {
      return item;
    }
    Set<String> shown = new HashSet<>(Background.texts(item.before()));
    return item.with(
        item.before(),
        EventRules.without(
            item.after(), id -> !shown.contains(id.asText()) && rightly.test(id.asText())));
  }

  static Item firstSyncWindow(Item item, Background background) {
    if (item.before() == null || item.after() == null) {
      return item;
    }
    EventGraph graph = background.graph();
    long border = Math.max(lowest(item.before(), graph), lowest(item.after(), graph));
    boolean isFull = item.before().size() >= SyncProbes.TIMELINE_LIMIT;
    Predicate<JsonNode> atBorder = id -> graph.node(id.asText()).depth() <= border;
    return isFull
        ? item.with(
            EventRules.without(item.before(), atBorder), EventRules.without(item.after(), atBorder))
        : item;
  }

  private static long lowest(JsonNode eventIds, EventGraph graph) {
    return Background.texts(eventIds).stream()
        .mapToLong(eventId -> graph.node(eventId).depth())
        .min()
        .orElse(0);
  }

  static Item forks(Item item, Background background) {
    if (item.before() == null || item.after() == null) {
      return item;
    }
    boolean insideObject = item.before().has("events") && item.after().has("events");
    List<String> before =
        Background.texts(insideObject ? item.before().get("events") : item.before());
    List<String> after = Background.texts(insideObject ? item.after().get("events") : item.after());
    List<String> sortedBefore = sorted(before);
    boolean newestFirst = item.kind().equals("messages_order");
    List<String> oldestFirst = new ArrayList<>(after);
    if (newestFirst) {
      Collections.reverse(oldestFirst);
    }
    boolean right = sortedBefore.equals(sorted(after)) && background.graph().isOrdered(oldestFirst);
    if (!right) {
      return item;
    }
    if (!insideObject) {
      return item.explained();
    }
    ObjectNode reordered = item.before().deepCopy();
    reordered.set("events", item.after().get("events"));
    return item.with(reordered, item.after());
  }

  private static List<String> sorted(List<String> list) {
    return list.stream().sorted().toList();
  }

  static Item refusedForGap(Item item, Background background) {
    boolean refused = item.before() != null && item.before().path("__status").asInt() == 500;
    if (!refused || item.after() == null || !item.after().isArray()) {
      return item;
    }
    List<String> oldestFirst = new ArrayList<>(Background.texts(item.after()));
    Collections.reverse(oldestFirst);
    boolean right =
        !oldestFirst.isEmpty()
            && background.graph().isOrdered(oldestFirst)
            && oldestFirst.stream()
                .allMatch(id -> background.mayBeSeen(item.keyPart(0), item.keyPart(1), id));
    return right ? item.explained() : item;
  }

  static Item pagesOverlap(Item item, Background background) {
    return item.after() == null ? item.explained() : item;
  }

  static Item contextState(Item item, Background background) {
    if (item.before() == null || item.after() == null || item.after().path("state").isEmpty()) {
      return item;
    }
    ObjectNode before = item.before().deepCopy();
    ObjectNode after = item.after().deepCopy();
    before.remove("state");
    after.remove("state");
    return item.with(before, after);
  }

  static Item contextNeighbours(Item item, Background background) {
    if (item.after() == null || !item.after().has("before")) {
      return item;
    }
    String eventId = item.keyPart(2);
    List<String> older = new ArrayList<>(Background.texts(item.after().get("before")));
    Collections.reverse(older);
    List<String> all = new ArrayList<>(older);
    all.add(eventId);
    all.addAll(Background.texts(item.after().get("after")));
    boolean allVisible =
        all.stream().allMatch(id -> background.mayBeSeen(item.keyPart(0), item.keyPart(1), id));
    boolean asFar =
        item.before() == null
            || !item.before().has("before")
            || (reachesAsFar(item, "before") && reachesAsFar(item, "after"));
    boolean right =
        item.after().get("event").asText().equals(eventId)
            && allVisible
            && asFar
            && background.graph().isOrdered(all);
    return right ? item.explained() : item;
  }

  /** True unless Dendrite had neighbours on this side and Synapse has none. */
  private static boolean reachesAsFar(Item item, String side) {
    return item.before().get(side).isEmpty() || !item.after().get(side).isEmpty();
  }

  static Item contextOfFormerMembers(Item item, Background background) {
    String userId = background.userId(item.keyPart(0));
    JsonNode member = background.ownMemberEvent(item.keyPart(0), item.keyPart(1));
    if (item.before() == null || member.at("/content/membership").asText().equals("join")) {
      return item;
    }
    EventGraph graph = background.graph();
    Predicate<JsonNode> wasOutside =
        id ->
            !"join".equals(graph.membershipBefore(id.asText(), userId))
                && !(graph.node(id.asText()).isMembership("join")
                    && userId.equals(graph.node(id.asText()).stateKey()));
    if (item.after() != null && item.after().path("__status").asInt() == 403) {
      return wasOutside.test(TextNode.valueOf(item.keyPart(2))) ? item.explained() : item;
    }
    return item.with(EventRules.without(item.before(), wasOutside), item.after());
  }

  static Item eventFollowsHistory(Item item, Background background) {
    String person = item.keyPart(0);
    String eventId = background.recorded().events().get(item.keyPart(1));
    boolean restricted = !background.graph().isOpenToMembers(eventId);
    String room = background.roomOfEvent(item.keyPart(1));
    boolean later =
        !background.graph().node(eventId).isWorldReadable()
            && background.ownMemberEvent(person, room).has("event_id")
            && isAfterLeaving(eventId, person, room, background);
    boolean shown = item.after() != null && item.after().has("event_id");
    boolean hidden = item.after() != null && item.after().path("__status").asInt() == 404;
    boolean contradicts = item.before() != null && item.before().has("event_id") != shown;
    boolean right = !later && background.wasInHistory(person, eventId) ? shown : hidden;
    return (restricted || later) && contradicts && right ? item.explained() : item;
  }

  static Item relationsInAnyOrder(Item item, Background background) {
    boolean lists =
        item.before() != null
            && item.after() != null
            && item.before().isArray()
            && item.after().isArray();
    return lists
            && sorted(Background.texts(item.before()))
                .equals(sorted(Background.texts(item.after())))
        ? item.explained()
        : item;
  }
}
