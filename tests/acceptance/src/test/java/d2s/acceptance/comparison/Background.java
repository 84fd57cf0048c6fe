package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.probe.Probes;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What rules may consult beside the item itself.
 *
 * @param recorded the homeserver before the migration, with all of its answers
 * @param graph the events of its database
 * @param redactedRedactions redactions that were redacted themselves
 */
public record Background(
    RecordedHomeserver recorded, EventGraph graph, Set<String> redactedRedactions) {

  public static Background of(RecordedHomeserver recorded, EventGraph graph) {
    Set<String> redacted = new HashSet<>();
    for (JsonNode event : recorded.answers().of("messages").values()) {
      if (event.get("type").asText().equals("m.room.redaction")
          && event.at("/unsigned/redacted_because").isObject()) {
        redacted.add(event.get("event_id").asText());
      }
    }
    return new Background(recorded, graph, redacted);
  }

  /** The user ID of a person. */
  public String userId(String person) {
    return recorded.people().get(person).userId();
  }

  /** The name of the room that begins the name of an event; "" if none does. */
  String roomOfEvent(String eventName) {
    return recorded.rooms().keySet().stream()
        .filter(room -> eventName.startsWith(room + "."))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  /** The person's own member event in the room as recorded; missing if there is none. */
  public JsonNode ownMemberEvent(String person, String room) {
    return state(person, room, "m.room.member", userId(person));
  }

  /** A state event of the room as the person saw it; missing if there is none. */
  public JsonNode state(String person, String room, String type, String stateKey) {
    JsonNode event = recorded.answers().of("state").get(Answers.key(person, room, type, stateKey));
    return event == null ? Probes.object().path("missing") : event;
  }

  /** True if the person ignores the user. */
  boolean ignores(String person, String userId) {
    JsonNode ignored =
        recorded.answers().of("account_data").get(Answers.key(person, "m.ignored_user_list"));
    return ignored != null && ignored.path("ignored_users").has(userId);
  }

  /** The events up to which the person has read, and all that those follow from. */
  Set<String> readBy(String person) {
    Set<String> read = new HashSet<>();
    for (String receipt : recorded.answers().of("sync_receipts").keySet()) {
      String[] parts = receipt.split("\\|", -1);
      boolean isOwn = parts[0].equals(person) && parts[3].equals(userId(person));
      if (isOwn && parts[2].equals("m.read") && read.add(parts[5])) {
        read.addAll(graph.ancestors(parts[5]));
      }
    }
    return read;
  }

  /** True if Dendrite's /messages showed the event to the person. */
  boolean wasInHistory(String person, String eventId) {
    return recorded.rooms().keySet().stream()
        .map(room -> Answers.key(person, room, eventId))
        .anyMatch(recorded.answers().of("messages")::containsKey);
  }

  /** True if the person may see the event: Dendrite showed it, or it is open to all members. */
  public boolean mayBeSeen(String person, String room, String eventId) {
    return recorded.answers().of("messages").containsKey(Answers.key(person, room, eventId))
        || graph.isOpenToMembers(eventId)
        || EventRules.isIgnoredRedaction(eventId, this);
  }

  /** The elements of an array of texts. */
  public static List<String> texts(JsonNode array) {
    List<String> texts = new java.util.ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
