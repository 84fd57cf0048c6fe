package d2s.acceptance.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.recording.RecordedHomeserver.Device;
import d2s.acceptance.recording.RecordedHomeserver.Person;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient.Answer;
import java.util.List;
import java.util.Map;

/**
 * What /sync says: to a device that goes on from where it was with Dendrite, and to one that starts
 * from nothing.
 */
public final class SyncProbes extends Probes {
  /** As in the recording. */
  public static final int TIMELINE_LIMIT = 50;

  private static final String FILTER =
      "{\"room\":{\"timeline\":{\"limit\":" + TIMELINE_LIMIT + "}}}";

  private static final String LAZY_FILTER =
      "{\"room\":{\"state\":{\"lazy_load_members\":true},\"timeline\":{\"limit\":1}}}";

  public SyncProbes(RecordedHomeserver recorded, Homeserver server, Answers answers) {
    super(recorded, server, answers);
  }

  @Override
  public void ask() {
    // Going on from an old token comes first: nothing may have happened meanwhile.
    for (String key : recorded.answers().of("since_accepted").keySet()) {
      String[] parts = key.split("\\|", 2);
      goOn(key, device(parts[0], parts[1]));
    }
    for (Person person : recorded.localPeople()) {
      if (person.device() != null) {
        startFromNothing(person);
      }
    }
  }

  private void goOn(String key, Device device) {
    Answer sync =
        server
            .client(device.token())
            .get(List.of("sync"), "since", device.since(), "timeout", "0", "filter", FILTER);
    answers.put(
        "since_accepted", key, sync.isOk() ? TextNode.valueOf("accepted") : sync.recorded());
    forEachRoom(
        sync.body(),
        (section, roomId, room) -> {
          ObjectNode news = object().put("sec", section);
          ArrayNode events = news.putArray("events");
          if (section.equals("invite")) {
            for (JsonNode event : room.at("/invite_state/events")) {
              events.add(event.path("event_id").asText(event.path("type").asText()));
            }
          } else {
            events.addAll(eventIds(room.at("/timeline/events")));
          }
          news.put("limited", room.at("/timeline/limited").asBoolean());
          if (!events.isEmpty()) {
            answers.put("since_rooms", Answers.key(key, recorded.roomName(roomId)), news);
          }
        });
  }

  private void startFromNothing(Person person) {
    askSummaries(person);
    JsonNode sync =
        clientOf(person.name()).get(List.of("sync"), "timeout", "0", "filter", FILTER).orFail();
    forEachRoom(
        sync,
        (section, roomId, room) -> {
          String key = Answers.key(person.name(), recorded.roomName(roomId));
          answers.put("sync_section", key, TextNode.valueOf(section));
          if (section.equals("invite")) {
            answers.put("sync_invite_state", key, room.at("/invite_state/events"));
          } else if (section.equals("join")) {
            answers.put("sync_timeline_join", key, eventIds(room.at("/timeline/events")));
            putState(key, room.at("/state/events"));
            // The state in the answer is that before the timeline.
            putState(key, room.at("/timeline/events"));
          }
        });
  }

  /** Synapse counts the members only for clients that load them lazily. */
  private void askSummaries(Person person) {
    JsonNode sync =
        clientOf(person.name())
            .get(List.of("sync"), "timeout", "0", "filter", LAZY_FILTER)
            .orFail();
    forEachRoom(
        sync,
        (section, roomId, room) -> {
          if (section.equals("join")) {
            answers.put(
                "sync_summary",
                Answers.key(person.name(), recorded.roomName(roomId)),
                room.path("summary"));
          }
        });
  }

  private void putState(String key, JsonNode events) {
    for (JsonNode event : events) {
      if (event.has("state_key")) {
        answers.put(
            "sync_state_join",
            Answers.key(key, event.get("type").asText(), event.get("state_key").asText()),
            event.get("event_id"));
      }
    }
  }

  private interface RoomVisitor {
    void visit(String section, String roomId, JsonNode room);
  }

  private static void forEachRoom(JsonNode sync, RoomVisitor visitor) {
    for (Map.Entry<String, JsonNode> section : sync.path("rooms").properties()) {
      for (Map.Entry<String, JsonNode> room : section.getValue().properties()) {
        visitor.visit(section.getKey(), room.getKey(), room.getValue());
      }
    }
  }
}
