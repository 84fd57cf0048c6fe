package d2s.acceptance.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient;
import d2s.acceptance.server.MatrixClient.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every room as every user sees it: state, members, aliases, the whole history. */
public final class RoomProbes extends Probes {
  /** Small enough that most rooms need several pages. */
  private static final int PAGE_SIZE = 20;

  private static final TextNode READABLE = TextNode.valueOf("state readable");

  public RoomProbes(RecordedHomeserver recorded, Homeserver server, Answers answers) {
    super(recorded, server, answers);
  }

  @Override
  public void ask() {
    recorded
        .answers()
        .of("room_access")
        .forEach(
            (key, access) -> {
              String person = key.substring(0, key.indexOf('|'));
              String room = key.substring(key.indexOf('|') + 1);
              if (access.equals(READABLE)) {
                askMember(key, clientOf(person), recorded.roomId(room));
              } else {
                askStranger(key, clientOf(person), recorded.roomId(room));
              }
            });
    for (String room : recorded.answers().of("directory_visibility").keySet()) {
      Answer visibility =
          clientOf("alice").get(List.of("directory", "list", "room", recorded.roomId(room)));
      answers.put("directory_visibility", room, visibility.recorded());
    }
    for (String alias : recorded.answers().of("directory").keySet()) {
      Answer room =
          clientOf("alice").get(List.of("directory", "room", recorded.aliases().get(alias)));
      answers.put("directory", alias, room.recorded());
    }
  }

  private void askMember(String key, MatrixClient client, String roomId) {
    Answer state = client.get(List.of("rooms", roomId, "state"));
    answers.put("room_access", key, state.isOk() ? READABLE : state.recorded());
    if (state.isOk()) {
      for (JsonNode event : state.body()) {
        answers.put(
            "state",
            Answers.key(key, event.get("type").asText(), event.get("state_key").asText()),
            event);
      }
    }
    Answer members = client.get(List.of("rooms", roomId, "members"));
    for (JsonNode event : members.body().path("chunk")) {
      answers.put(
          "members",
          Answers.key(key, event.get("state_key").asText()),
          object()
              .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                  "event_id", event.get("event_id"))
              .<com.fasterxml.jackson.databind.node.ObjectNode>set("content", event.get("content"))
              .set("sender", event.get("sender")));
    }
    answers.put(
        "joined_members", key, client.get(List.of("rooms", roomId, "joined_members")).recorded());
    answers.put("aliases_room", key, client.get(List.of("rooms", roomId, "aliases")).recorded());
    askHistory(key, client, roomId);
  }

  private void askHistory(String key, MatrixClient client, String roomId) {
    ArrayNode order = array();
    Set<String> seen = new HashSet<>();
    for (Answer page : client.historyPages(roomId, PAGE_SIZE)) {
      if (!page.isOk()) {
        answers.put("messages_order", key, page.recorded());
        return;
      }
      for (JsonNode event : page.body().path("chunk")) {
        String eventId = event.get("event_id").asText();
        if (seen.add(eventId)) {
          order.add(eventId);
          answers.put("messages", Answers.key(key, eventId), event);
        } else {
          answers.put("messages_duplicated", Answers.key(key, eventId), TextNode.valueOf("twice"));
        }
      }
    }
    answers.put("messages_order", key, order);
  }

  /** Somebody who is not in the room must see only what is open to the world. */
  private void askStranger(String key, MatrixClient client, String roomId) {
    answers.put("room_access", key, recorded.answers().of("room_access").get(key));
    Answer page =
        client.get(List.of("rooms", roomId, "messages"), "dir", "b", "limit", "" + PAGE_SIZE);
    answers.put(
        "messages_denied",
        key,
        page.isOk() ? object().set("chunk", eventIds(page.body().path("chunk"))) : page.recorded());
  }
}
