package d2s.switchover.client;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.switchover.server.Eventually;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real client on one device, with its own crypto store, which goes on for as long as the process
 * that it lives in.
 */
public final class EncryptedDevice {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final JavaScriptClients clients;
  private final String name;
  private final String userId;
  private final String deviceId;

  private EncryptedDevice(JavaScriptClients clients, String name, String userId, String deviceId) {
    this.clients = clients;
    this.name = name;
    this.userId = userId;
    this.deviceId = deviceId;
  }

  /** The device that the person is logged in on already; begins to sync. */
  public static EncryptedDevice of(JavaScriptClients clients, Person person, URI server) {
    EncryptedDevice device =
        new EncryptedDevice(clients, person.role(), person.userId(), person.deviceId());
    device.perform(
        "attach",
        "server",
        server.toString(),
        "user",
        person.userId(),
        "password",
        person.password(),
        "device",
        person.deviceId(),
        "token",
        person.token());
    device.perform("start");
    return device;
  }

  /** A further device of the person, logged in by password; begins to sync. */
  public static EncryptedDevice login(
      JavaScriptClients clients, Person person, URI server, String deviceId) {
    EncryptedDevice device =
        new EncryptedDevice(clients, person.role() + "/" + deviceId, person.userId(), deviceId);
    device.perform(
        "login",
        "server",
        server.toString(),
        "user",
        person.userId(),
        "password",
        person.password(),
        "device",
        deviceId);
    device.perform("start");
    return device;
  }

  public String userId() {
    return userId;
  }

  public String deviceId() {
    return deviceId;
  }

  /** Makes cross-signing keys, secret storage and key backup; returns the recovery key. */
  public String setUpRecovery() {
    return perform("set_up_recovery").get("recovery_key").asText();
  }

  /**
   * Gets everything by the recovery key.
   *
   * @return how many room keys the backup held
   */
  public int recover(String recoveryKey) {
    JsonNode restored = perform("recover", "recovery_key", recoveryKey);
    return restored.get("imported").asInt();
  }

  public String createRoom(EncryptedDevice... guests) {
    List<String> invited = Arrays.stream(guests).map(guest -> guest.userId).toList();
    return perform("create_room", "invite", invited).get("room_id").asText();
  }

  /**
   * Accepts an invitation.
   *
   * @param server one that is in the room
   */
  public void join(String roomId, String server) {
    perform("join", "room", roomId, "via", List.of(server));
  }

  /** Waits until this device knows that somebody has joined, so that it encrypts for them. */
  public void awaitJoin(String roomId, EncryptedDevice other) {
    perform("await_member", "room", roomId, "user", other.userId, "membership", "join");
  }

  /** Sends an encrypted text and returns its event ID. */
  public String say(String roomId, String text) {
    return perform("send", "room", roomId, "text", text).get("event_id").asText();
  }

  /** Makes the next message go out with a new key, which everybody has to get. */
  public void newRoomKey(String roomId) {
    perform("rotate", "room", roomId);
  }

  /** What a message says that must come by /sync, or why it cannot be read. */
  public String hear(String roomId, String eventId) {
    return reading(
        perform("receive", "room", roomId, "event", eventId, "milliseconds", PATIENCE.toMillis()));
  }

  /** What every encrypted message in the history says, or why it cannot be read, by event ID. */
  public Map<String, String> readRoom(String roomId) {
    Map<String, String> readings = new TreeMap<>();
    for (JsonNode message : perform("read_room", "room", roomId)) {
      readings.put(message.get("event_id").asText(), reading(message));
    }
    return readings;
  }

  private static String reading(JsonNode message) {
    return message.has("text")
        ? message.get("text").asText()
        : "(" + message.path("failure").asText("nothing to decrypt") + ")";
  }

  /** Both compare emoji in a room that they are in. */
  public void verify(EncryptedDevice other, String roomId) {
    perform("verify_user", "other", other.name, "room", roomId);
  }

  /** Both compare emoji; the other belongs to the same user. */
  public void verifyOwn(EncryptedDevice other) {
    perform("verify_own_device", "other", other.name);
  }

  /** What this device thinks of a user: verified or not, and which devices are. */
  public JsonNode trustIn(String other) {
    return perform("trust", "user", other);
  }

  public boolean trusts(EncryptedDevice other) {
    JsonNode trust = trustIn(other.userId);
    return trust.get("verified").asBoolean()
        && trust.get("devices").path(other.deviceId).path("verified").asBoolean();
  }

  /** Identity keys and whether cross-signing and secret storage are ready. */
  public JsonNode ownKeys() {
    return perform("own_keys");
  }

  /** Version, number of keys, and whether it is used and trusted. */
  public JsonNode backup() {
    return perform("backup");
  }

  /** Waits until every room key of this device is in the backup. */
  public void awaitBackup() {
    Eventually.isTrue(
        "the backup of " + name + " is complete",
        () -> backup().get("count").asInt() >= perform("room_keys").get("count").asInt());
  }

  /** How often it has synced from nothing: once, if it never lost its place. */
  public int syncsFromNothing() {
    return perform("fresh_syncs").get("count").asInt();
  }

  /**
   * Finishes what it is uploading, and from then on says nothing to the server and hears nothing.
   */
  public void goOffline() {
    perform("pause");
  }

  /** Goes on where it was. */
  public void goOnline() {
    perform("resume");
  }

  private JsonNode perform(String command, Object... arguments) {
    return clients.perform(name, command, arguments);
  }

  @Override
  public String toString() {
    return name;
  }
}
