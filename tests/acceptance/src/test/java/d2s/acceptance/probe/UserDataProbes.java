package d2s.acceptance.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.recording.RecordedHomeserver.Device;
import d2s.acceptance.recording.RecordedHomeserver.Person;
import d2s.acceptance.server.Homeserver;
import java.util.List;
import java.util.Map;

/**
 * What people have set and read: account data, tags, push rules, pushers, filters, receipts, unread
 * counts, notifications, presence.
 */
public final class UserDataProbes extends Probes {
  private static final String FILTER = "{\"room\":{\"timeline\":{\"limit\":1}}}";

  public UserDataProbes(RecordedHomeserver recorded, Homeserver server, Answers answers) {
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
        askOne(person);
      }
    }
    for (String key : recorded.answers().of("account_data").keySet()) {
      String[] parts = key.split("\\|", 2);
      put("account_data", key, parts[0], own(parts[0], "account_data", parts[1]));
    }
    for (String key : recorded.answers().of("tags").keySet()) {
      String[] parts = key.split("\\|", 2);
      put("tags", key, parts[0], own(parts[0], "rooms", recorded.roomId(parts[1]), "tags"));
    }
    for (String key : recorded.answers().of("filters").keySet()) {
      String[] parts = key.split("\\|", 2);
      ObjectNode filter = object();
      filter.set("asked", recorded.answers().of("filters").get(key).get("asked"));
      filter.set("got", clientOf(parts[0]).get(own(parts[0], "filter", parts[1])).recorded());
      answers.put("filters", key, filter);
    }
  }

  private void goOn(String key, Device device) {
    JsonNode sync =
        server
            .client(device.token())
            .get(List.of("sync"), "since", device.since(), "timeout", "0", "filter", FILTER)
            .orFail();
    for (JsonNode event : sync.at("/account_data/events")) {
      answers.put("since_account_data", keyOf(key, event), event.get("content"));
    }
  }

  private void askOne(Person person) {
    String name = person.name();
    JsonNode sync = clientOf(name).get(List.of("sync"), "timeout", "0", "filter", FILTER).orFail();
    for (JsonNode event : sync.at("/account_data/events")) {
      answers.put("sync_account_data", keyOf(name, event), event.get("content"));
    }
    for (Map.Entry<String, JsonNode> room : sync.at("/rooms/join").properties()) {
      askRoom(person, Answers.key(name, recorded.roomName(room.getKey())), room.getValue());
    }
    put("pushrules", name, name, List.of("pushrules", ""));
    put("pushers", name, name, List.of("pushers"));
    put("presence", name, name, List.of("presence", person.userId(), "status"));
    answers.put(
        "notifications",
        name,
        clientOf(name).get(List.of("notifications"), "limit", "500").recorded());
  }

  private void askRoom(Person person, String key, JsonNode room) {
    answers.put("sync_unread", key, room.get("unread_notifications"));
    for (JsonNode event : room.at("/account_data/events")) {
      answers.put("sync_room_account_data", keyOf(key, event), event.get("content"));
    }
    for (JsonNode event : room.at("/ephemeral/events")) {
      if (event.path("type").asText().equals("m.receipt")) {
        putReceipts(person, key, event.get("content"));
      }
    }
  }

  private void putReceipts(Person person, String key, JsonNode content) {
    for (Map.Entry<String, JsonNode> event : content.properties()) {
      for (Map.Entry<String, JsonNode> type : event.getValue().properties()) {
        for (Map.Entry<String, JsonNode> user : type.getValue().properties()) {
          // Dendrite shows people their own private receipts as public ones.
          boolean ownPrivate =
              type.getKey().equals("m.read.private") && user.getKey().equals(person.userId());
          answers.put(
              "sync_receipts",
              Answers.key(
                  key,
                  ownPrivate ? "m.read" : type.getKey(),
                  user.getKey(),
                  user.getValue().path("thread_id").asText(""),
                  event.getKey()),
              object().set("ts", user.getValue().get("ts")));
        }
      }
    }
  }

  private static String keyOf(String key, JsonNode event) {
    return Answers.key(key, event.get("type").asText());
  }

  private List<String> own(String personName, String... rest) {
    List<String> path =
        new java.util.ArrayList<>(List.of("user", recorded.people().get(personName).userId()));
    path.addAll(List.of(rest));
    return path;
  }

  private void put(String kind, String key, String personName, List<String> path) {
    answers.put(kind, key, clientOf(personName).get(path).recorded());
  }
}
