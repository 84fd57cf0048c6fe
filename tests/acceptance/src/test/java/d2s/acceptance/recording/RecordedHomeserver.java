package d2s.acceptance.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A Dendrite that real clients have used, and what it answered them before it was stopped.
 *
 * <p>The answers come from the folder {@code recordings/<scenario>} of the class path: {@code
 * answers.json.gz} holds every distinct answer once and, per kind and key, its index; {@code
 * who-is-who.json.gz} says what the names in the keys mean; {@code matrix_key.pem} is the signing
 * key.
 *
 * @param scenario name of the recording
 * @param serverName server name of the homeserver
 * @param signingKeyPem Dendrite's key file
 * @param people everybody with a device, local or not, by the name that keys use
 * @param rooms room IDs by name
 * @param aliases room aliases by name
 * @param events event IDs by name
 * @param answers what Dendrite answered
 */
public record RecordedHomeserver(
    String scenario,
    String serverName,
    String signingKeyPem,
    Map<String, Person> people,
    Map<String, String> rooms,
    Map<String, String> aliases,
    Map<String, String> events,
    Answers answers) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A user.
   *
   * @param name the name that keys use
   * @param userId the full user ID
   * @param local true if the account is on the recorded server
   * @param deactivated true if the account was deactivated
   * @param devices every device the user ever had
   */
  public record Person(
      String name, String userId, boolean local, boolean deactivated, List<Device> devices) {

    /** The device whose token still works and that asks for the user; null if there is none. */
    public Device device() {
      return deactivated
          ? null
          : devices.stream().filter(device -> !device.gone()).findFirst().orElse(null);
    }
  }

  /**
   * A device.
   *
   * @param since the last sync token that Dendrite gave it; null if it never synced
   * @param gone true if it was logged out or deleted
   */
  public record Device(String deviceId, String token, String since, boolean gone) {
    @Override
    public String toString() {
      return deviceId;
    }
  }

  /** Reads a recording. */
  public static RecordedHomeserver load(String scenario) {
    return of(
        scenario,
        readGzip(scenario, "who-is-who.json.gz"),
        readText(scenario, "matrix_key.pem"),
        answers(readGzip(scenario, "answers.json.gz")));
  }

  /**
   * Reads a recording that does not ship with the project: a folder with {@code state.json}, {@code
   * before.json.xz} and {@code matrix_key.pem}.
   */
  public static RecordedHomeserver load(String scenario, Path folder) throws IOException {
    try (InputStream in =
        new XZInputStream(Files.newInputStream(folder.resolve("before.json.xz")))) {
      Answers answers = new Answers();
      for (var family : JSON.readTree(in).get("families").properties()) {
        family
            .getValue()
            .properties()
            .forEach(entry -> answers.put(family.getKey(), entry.getKey(), entry.getValue()));
      }
      return of(
          scenario,
          JSON.readTree(folder.resolve("state.json").toFile()),
          Files.readString(folder.resolve("matrix_key.pem")),
          answers);
    }
  }

  private static RecordedHomeserver of(
      String scenario, JsonNode who, String signingKeyPem, Answers answers) {
    Map<String, Person> people = new LinkedHashMap<>();
    who.get("users")
        .properties()
        .forEach(e -> people.put(e.getKey(), person(e.getKey(), e.getValue())));
    return new RecordedHomeserver(
        scenario,
        who.at("/src/name").asText(),
        signingKeyPem,
        people,
        names(who.get("rooms")),
        names(who.get("aliases")),
        names(who.get("events")),
        answers);
  }

  /** The people with an account on the recorded server. */
  public List<Person> localPeople() {
    return people.values().stream().filter(Person::local).toList();
  }

  /** The room ID for the room part of a key: a name, or a room ID itself. */
  public String roomId(String nameOrId) {
    return rooms.getOrDefault(nameOrId, nameOrId);
  }

  /** The room part of a key for a room ID: its name, or the ID if it has none. */
  public String roomName(String roomId) {
    return rooms.entrySet().stream()
        .filter(entry -> entry.getValue().equals(roomId))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(roomId);
  }

  private static Person person(String name, JsonNode node) {
    List<Device> devices = new ArrayList<>();
    for (JsonNode device : node.get("devices")) {
      devices.add(
          new Device(
              device.get("deviceId").asText(),
              device.get("token").asText(),
              device.path("since").asText(null),
              device.has("gone")));
    }
    return new Person(
        name,
        node.get("userId").asText(),
        node.get("server").asText().equals("src"),
        node.path("deactivated").asBoolean(),
        List.copyOf(devices));
  }

  private static Map<String, String> names(JsonNode node) {
    Map<String, String> names = new LinkedHashMap<>();
    node.properties().forEach(entry -> names.put(entry.getKey(), entry.getValue().asText()));
    return names;
  }

  private static Answers answers(JsonNode node) {
    Answers answers = new Answers();
    JsonNode values = node.get("values");
    node.get("families")
        .properties()
        .forEach(
            kind ->
                kind.getValue()
                    .properties()
                    .forEach(
                        entry ->
                            answers.put(
                                kind.getKey(),
                                entry.getKey(),
                                values.get(entry.getValue().asInt()))));
    return answers;
  }

  private static JsonNode readGzip(String scenario, String file) {
    try (InputStream in = new GZIPInputStream(open(scenario, file))) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " of " + scenario, e);
    }
  }

  private static String readText(String scenario, String file) {
    try (InputStream in = open(scenario, file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " of " + scenario, e);
    }
  }

  private static InputStream open(String scenario, String file) {
    String path = "/recordings/" + scenario + "/" + file;
    InputStream in = RecordedHomeserver.class.getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException("no recording " + path + " on the class path");
    }
    return in;
  }
}
