package d2s.acceptance.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.server.Homeserver;
import java.util.List;

/** The room directory, the rooms of a space, and what administrators see. */
public final class DirectoryProbes extends Probes {
  private static final String MEMBER = "alice";
  private static final String ADMINISTRATOR = "heidi";
  private static final String ADMINISTRATION = "/_synapse/admin/v1";

  public DirectoryProbes(RecordedHomeserver recorded, Homeserver server, Answers answers) {
    super(recorded, server, answers);
  }

  @Override
  public void ask() {
    JsonNode directory = clientOf(MEMBER).get(List.of("publicRooms")).orFail();
    for (JsonNode room : directory.get("chunk")) {
      answers.put("public_rooms", roomName(room), room);
    }
    answers.put("public_rooms", "total", directory.get("total_room_count_estimate"));
    JsonNode space =
        clientOf(MEMBER)
            .getBelow("/_matrix/client/v1", List.of("rooms", recorded.roomId("space"), "hierarchy"))
            .orFail();
    for (JsonNode room : space.get("rooms")) {
      answers.put("hierarchy", roomName(room), room);
    }
    for (JsonNode token : administration("registration_tokens").get("registration_tokens")) {
      answers.put("registration_tokens", token.get("token").asText(), token);
    }
    for (JsonNode report : administration("event_reports").get("event_reports")) {
      answers.put(
          "event_reports",
          Answers.key(report.get("event_id").asText(), report.get("user_id").asText()),
          inDendritesWords(administration("event_reports", report.get("id").asText())));
    }
  }

  private static ObjectNode inDendritesWords(JsonNode report) {
    ObjectNode result = object();
    result.set("reason", report.get("reason"));
    result.set("score", report.get("score"));
    result.set("room_id", report.get("room_id"));
    result.set("sender", report.get("sender"));
    result.set("ts", report.get("received_ts"));
    return result.set("body", report.at("/event_json/content"));
  }

  private JsonNode administration(String... path) {
    return clientOf(ADMINISTRATOR).getBelow(ADMINISTRATION, List.of(path)).orFail();
  }

  private String roomName(JsonNode room) {
    return recorded.roomName(room.get("room_id").asText());
  }
}
