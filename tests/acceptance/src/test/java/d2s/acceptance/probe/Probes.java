package d2s.acceptance.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.recording.Answers;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.recording.RecordedHomeserver.Device;
import d2s.acceptance.recording.RecordedHomeserver.Person;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The questions that were put to Dendrite, put to another server in the same words, with the
 * answers in the same kinds and under the same keys. Base of the classes that ask about one subject
 * each.
 */
public abstract class Probes {
  static final ObjectMapper JSON = new ObjectMapper();

  final RecordedHomeserver recorded;
  final Homeserver server;
  final Answers answers;
  private final Map<String, MatrixClient> clients = new LinkedHashMap<>();

  /**
   * @param recorded whom to ask for what
   * @param server whom to ask
   * @param answers receives the answers
   */
  Probes(RecordedHomeserver recorded, Homeserver server, Answers answers) {
    this.recorded = recorded;
    this.server = server;
    this.answers = answers;
  }

  /** Asks everything of this subject. */
  public abstract void ask();

  /** The client of the device that asks for a user. */
  final MatrixClient clientOf(String personName) {
    return clients.computeIfAbsent(
        personName,
        name -> {
          Person person = recorded.people().get(name);
          Device device = person == null ? null : person.device();
          if (device == null || !person.local()) {
            throw new IllegalStateException(name + " has no device that could ask");
          }
          return server.client(device.token());
        });
  }

  /** The device that a key {@code person|device…} names. */
  final Device device(String personName, String deviceId) {
    return recorded.people().get(personName).devices().stream()
        .filter(device -> device.deviceId().equals(deviceId))
        .findFirst()
        .orElseThrow();
  }

  /** What the first parts of the recorded keys of a kind name, each once, in recorded order. */
  final Set<String> recordedPrefixes(String kind, int parts) {
    Set<String> prefixes = new LinkedHashSet<>();
    for (String key : recorded.answers().of(kind).keySet()) {
      prefixes.add(String.join("|", java.util.Arrays.copyOf(key.split("\\|", -1), parts)));
    }
    return prefixes;
  }

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  public static ArrayNode array() {
    return JSON.createArrayNode();
  }

  /** The event IDs of a list of events, in its order; none where an empty list was left out. */
  public static ArrayNode eventIds(JsonNode events) {
    ArrayNode ids = array();
    if (events == null) {
      return ids;
    }
    for (JsonNode event : events) {
      ids.add(event.get("event_id"));
    }
    return ids;
  }
}
