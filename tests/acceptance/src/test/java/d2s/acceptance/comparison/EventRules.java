package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.probe.Probes;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Rules about the form of single events. */
final class EventRules {
  private static final int OLDEST_VERSION_WITH_REDACTS_IN_CONTENT = 11;

  private EventRules() {}

  static Item annotations(Item item, Background background) {
    return item.before() == null || item.after() == null
        ? item
        : item.with(withoutAnnotations(item.before()), withoutAnnotations(item.after()));
  }

  /** The event with what both servers add on reading removed or brought to one form. */
  private static JsonNode withoutAnnotations(JsonNode event) {
    if (!event.has("event_id")) {
      return event;
    }
    ObjectNode plain = event.deepCopy();
    ObjectNode unsigned =
        plain.path("unsigned").isObject() ? (ObjectNode) plain.get("unsigned") : Probes.object();
    if (Objects.equals(plain.get("user_id"), plain.get("sender"))) {
      plain.remove("user_id");
    }
    for (String copied : List.of("age", "redacted_because", "replaces_state", "prev_content")) {
      if (plain.has(copied) && Objects.equals(plain.get(copied), unsigned.get(copied))) {
        plain.remove(copied);
      }
    }
    unsigned.remove(List.of("age", "membership", "transaction_id", "prev_sender", "m.relations"));
    JsonNode redaction = unsigned.remove("redacted_because");
    JsonNode redactedBy = unsigned.remove("redacted_by");
    if (redaction != null) {
      // Dendrite's /state gives a wrapper of its own here; redacted_by names the event.
      unsigned.set("redacted_because", redactedBy != null ? redactedBy : redaction.get("event_id"));
    }
    plain.remove("unsigned");
    return unsigned.isEmpty() ? plain : plain.set("unsigned", unsigned);
  }

  static Item replacedState(Item item, Background background) {
    if (item.before() == null
        || item.after() == null
        || item.before().at("/unsigned").has("replaces_state")
        || !item.after().at("/unsigned/replaces_state").isTextual()) {
      return item;
    }
    String event = item.after().get("event_id").asText();
    String replaced = item.after().at("/unsigned/replaces_state").asText();
    boolean right =
        background.graph().areOfOneTuple(event, replaced)
            && !background.graph().isAncestor(event, replaced);
    boolean contentToo = !item.before().at("/unsigned").has("prev_content");
    return right ? item.with(item.before(), withoutPredecessor(item.after(), contentToo)) : item;
  }

  static Item wrongPredecessor(Item item, Background background) {
    if (item.before() == null || item.after() == null) {
      return item;
    }
    JsonNode named = item.before().at("/unsigned/replaces_state");
    String eventId = item.before().path("event_id").asText();
    if (named.isTextual()) {
      boolean right =
          background.graph().areOfOneTuple(eventId, named.asText())
              && !background.graph().areConcurrent(eventId, named.asText());
      return right ? item : item.with(withoutPredecessor(item.before(), true), item.after());
    }
    boolean bothInvites =
        item.before().at("/unsigned/prev_content/membership").asText().equals("invite")
            && item.after().at("/unsigned/prev_content/membership").asText().equals("invite");
    return bothInvites
        ? item.with(withoutPredecessor(item.before(), true), withoutPredecessor(item.after(), true))
        : item;
  }

  static Item redactedPredecessor(Item item, Background background) {
    if (item.before() == null || item.after() == null) {
      return item;
    }
    JsonNode before = item.before().at("/unsigned/prev_content");
    JsonNode after = item.after().at("/unsigned/prev_content");
    String replaced = item.after().at("/unsigned/replaces_state").asText();
    boolean pruned =
        background.graph().isRedacted(replaced)
            && after.isObject()
            && after.properties().stream()
                .allMatch(field -> field.getValue().equals(before.get(field.getKey())));
    if (!pruned) {
      return item;
    }
    ObjectNode told = item.before().deepCopy();
    ((ObjectNode) told.get("unsigned")).set("prev_content", after);
    return item.with(told, item.after());
  }

  private static JsonNode withoutPredecessor(JsonNode event, boolean contentToo) {
    ObjectNode rest = event.deepCopy();
    ObjectNode unsigned = (ObjectNode) rest.get("unsigned");
    unsigned.remove("replaces_state");
    if (contentToo) {
      unsigned.remove("prev_content");
    }
    if (unsigned.isEmpty()) {
      rest.remove("unsigned");
    }
    return rest;
  }

  static Item inviteState(Item item, Background background) {
    if (item.before() == null || !item.before().at("/unsigned/invite_room_state").isArray()) {
      return item;
    }
    ObjectNode before = item.before().deepCopy();
    ObjectNode unsigned = (ObjectNode) before.get("unsigned");
    unsigned.remove("invite_room_state");
    if (unsigned.isEmpty()) {
      before.remove("unsigned");
    }
    return item.with(before, item.after());
  }

  static Item redactsInContent(Item item, Background background) {
    if (item.before() == null
        || item.after() == null
        || item.before().at("/content/redacts").isTextual()
        || !item.after().has("redacts")
        || !item.after().get("redacts").equals(item.after().at("/content/redacts"))) {
      return item;
    }
    ObjectNode after = item.after().deepCopy();
    ((ObjectNode) after.get("content")).remove("redacts");
    return item.with(item.before(), after);
  }

  static Item withheldRedactions(Item item, Background background) {
    Predicate<JsonNode> withheld = id -> background.redactedRedactions().contains(id.asText());
    if (item.before() == null) {
      return item;
    }
    if (item.before().has("event_id")) {
      boolean isOne = withheld.test(item.before().get("event_id"));
      boolean isGone = item.after() == null || item.after().path("__status").asInt() == 404;
      if (isOne && isGone) {
        return item.explained();
      }
      boolean isTarget = withheld.test(item.before().at("/unsigned/redacted_because"));
      if (isTarget
          && item.after() != null
          && !item.after().at("/unsigned").has("redacted_because")) {
        ObjectNode before = item.before().deepCopy();
        ObjectNode unsigned = (ObjectNode) before.get("unsigned");
        unsigned.remove("redacted_because");
        if (unsigned.isEmpty()) {
          before.remove("unsigned");
        }
        return item.with(before, item.after());
      }
      return item;
    }
    return item.with(without(item.before(), withheld), item.after());
  }

  static Item remoteRedactions(Item item, Background background) {
    if (item.after() == null) {
      return item;
    }
    Predicate<JsonNode> ignored = id -> isIgnoredRedaction(id.asText(), background);
    if (item.before() == null && ignored.test(item.after().path("event_id"))) {
      return item.explained();
    }
    if (item.before() != null && item.before().has("event_id")) {
      JsonNode redaction = item.after().at("/unsigned/redacted_because");
      boolean sameEvent = item.before().get("event_id").equals(item.after().get("event_id"));
      return sameEvent && ignored.test(redaction) ? item.explained() : item;
    }
    return item.with(item.before(), without(item.after(), ignored));
  }

  /** A redaction by another server that Dendrite never showed, in a room of version 11 or later. */
  static boolean isIgnoredRedaction(String eventId, Background background) {
    EventGraph.Node event = background.graph().node(eventId);
    return event.redacts() != null
        && event.visibility() == 0
        && event.roomVersion() >= OLDEST_VERSION_WITH_REDACTS_IN_CONTENT
        && !event.sender().endsWith(":" + background.recorded().serverName());
  }

  /** A list of event IDs, or an object of such lists, without the ones that match. */
  static JsonNode without(JsonNode answer, Predicate<JsonNode> unwanted) {
    if (answer.isArray()) {
      ArrayNode rest = Probes.array();
      answer.forEach(
          element -> {
            if (!unwanted.test(element)) {
              rest.add(element);
            }
          });
      return rest;
    }
    if (!answer.isObject()) {
      return answer;
    }
    ObjectNode rest = Probes.object();
    answer
        .properties()
        .forEach(
            field ->
                rest.set(
                    field.getKey(),
                    field.getValue().isArray()
                        ? without(field.getValue(), unwanted)
                        : field.getValue()));
    return rest;
  }
}
