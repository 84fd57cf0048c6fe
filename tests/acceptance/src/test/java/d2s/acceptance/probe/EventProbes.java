package d2s.acceptance.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Single events by their ID, their surroundings, and what relates to them. */
public final class EventProbes extends Probes {
  /** Dendrite gives half the limit before the event and half after it. */
  private static final String CONTEXT_LIMIT = "6";

  private final Map<String, String> roomOfEvent = new HashMap<>();

  public EventProbes(RecordedHomeserver recorded, Homeserver server, Answers answers) {
    super(recorded, server, answers);
    for (JsonNode event : recorded.answers().of("messages").values()) {
      roomOfEvent.put(event.get("event_id").asText(), event.get("room_id").asText());
    }
  }

  @Override
  public void ask() {
    for (String key : recorded.answers().of("event").keySet()) {
      String[] parts = key.split("\\|", 2);
      String eventId = recorded.events().get(parts[1]);
      Answer event = clientOf(parts[0]).get(List.of("rooms", roomId(parts[1]), "event", eventId));
      answers.put("event", key, event.recorded());
    }
    for (String key : recorded.answers().of("context").keySet()) {
      askContext(key);
    }
    for (String key : recorded.answers().of("relations").keySet()) {
      askRelations(key);
    }
  }

  private void askContext(String key) {
    String[] parts = key.split("\\|", 3);
    Answer context =
        clientOf(parts[0])
            .get(
                List.of("rooms", recorded.roomId(parts[1]), "context", parts[2]),
                "limit",
                CONTEXT_LIMIT);
    if (!context.isOk()) {
      answers.put("context", key, context.recorded());
      return;
    }
    ObjectNode summary = object();
    summary.set("event", context.body().at("/event/event_id"));
    summary.set("before", eventIds(context.body().get("events_before")));
    summary.set("after", eventIds(context.body().get("events_after")));
    summary.set("state", eventIds(context.body().get("state")));
    answers.put("context", key, summary);
  }

  private void askRelations(String key) {
    String[] parts = key.split("\\|", 3);
    String eventId = recorded.events().get(parts[1]);
    List<String> path =
        new java.util.ArrayList<>(List.of("rooms", roomId(parts[1]), "relations", eventId));
    if (!parts[2].isEmpty()) {
      path.add(parts[2].substring(1));
    }
    Answer relations = clientOf(parts[0]).getBelow("/_matrix/client/v1", path, "limit", "100");
    answers.put(
        "relations",
        key,
        relations.isOk() ? eventIds(relations.body().get("chunk")) : relations.recorded());
  }

  /**
   * The room of a named event. Events that Dendrite never showed (rejected ones, those of another
   * server) are looked for in the room that begins their name.
   */
  private String roomId(String eventName) {
    String eventId = recorded.events().get(eventName);
    String room = eventName.substring(0, Math.max(0, eventName.indexOf('.')));
    return roomOfEvent.getOrDefault(eventId, recorded.roomId(room));
  }
}
