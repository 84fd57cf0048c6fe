package d2s.acceptance.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.recording.RecordedHomeserver.Device;
import d2s.acceptance.recording.RecordedHomeserver.Person;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient.Answer;
import java.util.List;
import java.util.Map;

/** Keys of users and devices, key backups, and messages that wait for a device. */
public final class EncryptionProbes extends Probes {
  /** Rooms are asked about elsewhere, but joining one is a reason to ask for keys. */
  private static final String FILTER = "{\"room\":{\"timeline\":{\"limit\":1}}}";

  public EncryptionProbes(RecordedHomeserver recorded, Homeserver server, Answers answers) {
    super(recorded, server, answers);
  }

  @Override
  public void ask() {
    // Going on from an old token comes first: nothing may have happened meanwhile.
    for (String key : recorded.answers().of("since_device_lists").keySet()) {
      String[] parts = key.split("\\|", 2);
      Device device = device(parts[0], parts[1]);
      JsonNode sync = sync(device, "since", device.since());
      answers.put("since_to_device", key, messages(sync));
      answers.put("since_device_lists", key, list(sync.at("/device_lists/changed")));
    }
    for (String key : recorded.answers().of("sync_to_device").keySet()) {
      String[] parts = key.split("\\|", 2);
      Device device = device(parts[0], parts[1]);
      JsonNode sync = sync(device);
      answers.put("sync_to_device", key, messages(sync));
      answers.put("sync_otk_counts", key, sync.path("device_one_time_keys_count"));
      answers.put("sync_fallback_types", key, sync.get("device_unused_fallback_key_types"));
      Answer counts = server.client(device.token()).post(List.of("keys", "upload"), object());
      answers.put("otk_counts", key, counts.orFail().path("one_time_key_counts"));
    }
    recordedPrefixes("keys_query", 1).forEach(this::askKeys);
    recorded.answers().of("backup_version").keySet().forEach(this::askBackupVersion);
    recordedPrefixes("backup_sessions", 1).forEach(this::askBackup);
    recorded.answers().of("backup_old_keys").keySet().forEach(this::askOldBackup);
  }

  private JsonNode sync(Device device, String... since) {
    String[] query = {"timeout", "0", "filter", FILTER};
    String[] all = java.util.Arrays.copyOf(since, since.length + query.length);
    System.arraycopy(query, 0, all, since.length, query.length);
    return server.client(device.token()).get(List.of("sync"), all).orFail();
  }

  private static JsonNode messages(JsonNode sync) {
    return list(sync.at("/to_device/events"));
  }

  private static JsonNode list(JsonNode list) {
    return list.isArray() ? list : array();
  }

  private void askKeys(String asking) {
    ObjectNode users = object();
    for (Person person : recorded.people().values()) {
      users.set(person.userId(), array());
    }
    JsonNode keys =
        clientOf(asking)
            .post(List.of("keys", "query"), object().set("device_keys", users))
            .orFail();
    for (Map.Entry<String, JsonNode> user : keys.path("device_keys").properties()) {
      for (Map.Entry<String, JsonNode> device : user.getValue().properties()) {
        answers.put(
            "keys_query",
            Answers.key(asking, "device_keys", user.getKey(), device.getKey()),
            device.getValue());
      }
    }
    for (String kind : List.of("master_keys", "self_signing_keys", "user_signing_keys")) {
      for (Map.Entry<String, JsonNode> user : keys.path(kind).properties()) {
        answers.put("keys_query", Answers.key(asking, kind, user.getKey()), user.getValue());
      }
    }
  }

  private void askBackupVersion(String key) {
    String[] parts = key.split("\\|", 2);
    List<String> path =
        parts.length == 1
            ? List.of("room_keys", "version")
            : List.of("room_keys", "version", parts[1]);
    answers.put("backup_version", key, clientOf(parts[0]).get(path).recorded());
  }

  private void askBackup(String personName) {
    JsonNode version = recorded.answers().of("backup_version").get(personName).get("version");
    JsonNode keys = backup(personName, version.asText()).orFail();
    for (Map.Entry<String, JsonNode> room : keys.path("rooms").properties()) {
      for (Map.Entry<String, JsonNode> session : room.getValue().path("sessions").properties()) {
        answers.put(
            "backup_sessions",
            Answers.key(personName, recorded.roomName(room.getKey()), session.getKey()),
            session.getValue());
      }
    }
  }

  private void askOldBackup(String key) {
    String[] parts = key.split("\\|", 2);
    answers.put("backup_old_keys", key, backup(parts[0], parts[1]).recorded());
  }

  private Answer backup(String personName, String version) {
    return clientOf(personName).get(List.of("room_keys", "keys"), "version", version);
  }
}
