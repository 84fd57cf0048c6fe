package d2s.cli.switchover;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.cli.acceptance.MatrixClient;
import d2s.cli.acceptance.MatrixClient.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A user on one device, with the access token that it got when it was new. Every method does what
 * its name says over the client-server API and fails if the server refuses.
 */
final class Person {
  private static final AtomicInteger TRANSACTION = new AtomicInteger();

  /** Long enough that nothing that happens in a test is left out. */
  private static final String LONG_TIMELINE = "{\"room\":{\"timeline\":{\"limit\":100}}}";

  private static final String LETTER = "org.example.letter";

  private final String role;
  private final String userId;
  private final String password;
  private final String deviceId;
  private final String token;
  private final MatrixClient client;
  private final Set<String> accountData = new LinkedHashSet<>();
  private final Map<String, Object> filters = new LinkedHashMap<>();
  private String since;

  /**
   * @param role the name that tests use; the user ID is chosen by the seed
   */
  Person(
      String role,
      String userId,
      String password,
      String deviceId,
      String token,
      MatrixClient client) {
    this.role = role;
    this.userId = userId;
    this.password = password;
    this.deviceId = deviceId;
    this.token = token;
    this.client = client;
  }

  String role() {
    return role;
  }

  String userId() {
    return userId;
  }

  String password() {
    return password;
  }

  String deviceId() {
    return deviceId;
  }

  String token() {
    return token;
  }

  /** For calls that have no method here. */
  MatrixClient client() {
    return client;
  }

  /** The token of the last sync that moved on; null before the first. */
  String since() {
    return since;
  }

  /** A transaction ID that was never used. */
  static String newTransaction() {
    return "txn-" + TRANSACTION.incrementAndGet();
  }

  String createRoom(Map<String, ?> settings) {
    return client.post(List.of("createRoom"), settings).orFail().get("room_id").asText();
  }

  /** Sends a text and returns its event ID. */
  String say(String roomId, String text) {
    return send(roomId, "m.room.message", text(text));
  }

  String send(String roomId, String type, Object content) {
    return send(roomId, type, newTransaction(), content);
  }

  String send(String roomId, String type, String transaction, Object content) {
    return eventId(client.put(List.of("rooms", roomId, "send", type, transaction), content));
  }

  String setState(String roomId, String type, String stateKey, Object content) {
    List<String> path = new ArrayList<>(List.of("rooms", roomId, "state", type));
    if (!stateKey.isEmpty()) {
      path.add(stateKey);
    }
    return eventId(client.put(path, content));
  }

  String redact(String roomId, String eventId) {
    return eventId(
        client.put(
            List.of("rooms", roomId, "redact", eventId, newTransaction()),
            Map.of("reason", "no reason")));
  }

  String react(String roomId, String eventId, String key) {
    return send(
        roomId,
        "m.reaction",
        Map.of(
            "m.relates_to", Map.of("rel_type", "m.annotation", "event_id", eventId, "key", key)));
  }

  void invite(String roomId, Person guest) {
    membership(roomId, "invite", guest);
  }

  void kick(String roomId, Person other) {
    membership(roomId, "kick", other);
  }

  void ban(String roomId, Person other) {
    membership(roomId, "ban", other);
  }

  void unban(String roomId, Person other) {
    membership(roomId, "unban", other);
  }

  private void membership(String roomId, String verb, Person other) {
    client.post(List.of("rooms", roomId, verb), Map.of("user_id", other.userId)).orFail();
  }

  /**
   * Joins.
   *
   * @param via servers to join by, for a room that the own server is not in
   */
  void join(String roomIdOrAlias, String... via) {
    List<String> query = new ArrayList<>();
    for (String server : via) {
      query.addAll(List.of("server_name", server));
      query.addAll(List.of("via", server));
    }
    client
        .send(
            "POST",
            "/_matrix/client/v3",
            List.of("join", roomIdOrAlias),
            Map.of(),
            query.toArray(new String[0]))
        .orFail();
  }

  void leave(String roomId) {
    client.post(List.of("rooms", roomId, "leave"), Map.of()).orFail();
  }

  void forget(String roomId) {
    client.post(List.of("rooms", roomId, "forget"), Map.of()).orFail();
  }

  /** The types of account data that {@link #setAccountData} has set. */
  Set<String> accountData() {
    return accountData;
  }

  /** The filters that {@link #makeFilter} has made, by ID. */
  Map<String, Object> filters() {
    return filters;
  }

  /** Stores a filter and returns its ID. */
  String makeFilter(Object filter) {
    String id =
        client.post(List.of("user", userId, "filter"), filter).orFail().get("filter_id").asText();
    filters.put(id, filter);
    return id;
  }

  void tag(String roomId, String tag, double order) {
    client
        .put(List.of("user", userId, "rooms", roomId, "tags", tag), Map.of("order", order))
        .orFail();
  }

  /** Sends a message to the other's device that no room shows. */
  void writeTo(Person other, String text) {
    client
        .put(
            List.of("sendToDevice", LETTER, newTransaction()),
            Map.of("messages", Map.of(other.userId, Map.of(other.deviceId, Map.of("text", text)))))
        .orFail();
  }

  /** What {@link #writeTo} has sent, as far as it is in an answer to a sync. */
  static List<String> lettersIn(JsonNode sync) {
    List<String> letters = new ArrayList<>();
    for (JsonNode event : sync.at("/to_device/events")) {
      if (event.path("type").asText().equals(LETTER)) {
        letters.add(event.at("/content/text").asText());
      }
    }
    return letters;
  }

  /** Says that everything up to the event is read. */
  void read(String roomId, String eventId) {
    client.post(List.of("rooms", roomId, "receipt", "m.read", eventId), Map.of()).orFail();
  }

  void setAccountData(String type, Object content) {
    accountData.add(type);
    client.put(List.of("user", userId, "account_data", type), content).orFail();
  }

  /** One sync from nothing that leaves {@link #since} alone. */
  JsonNode syncFromNothing() {
    return client.get(List.of("sync"), "timeout", "0").orFail();
  }

  /** Goes on from {@link #since} and moves it; answers at once. */
  JsonNode sync() {
    return sync(0);
  }

  /**
   * Goes on from {@link #since} and moves it.
   *
   * @param timeout how long the server may wait for news, in milliseconds
   */
  JsonNode sync(int timeout) {
    JsonNode answer = peek(timeout);
    since = answer.get("next_batch").asText();
    return answer;
  }

  /** Goes on from {@link #since} without moving it. */
  JsonNode peek(int timeout) {
    List<String> query =
        new ArrayList<>(List.of("timeout", Integer.toString(timeout), "filter", LONG_TIMELINE));
    if (since != null) {
      query.addAll(List.of("since", since));
    }
    return client.get(List.of("sync"), query.toArray(new String[0])).orFail();
  }

  /** All events of the room that the user may see, newest first, by event ID. */
  Map<String, JsonNode> history(String roomId) {
    Map<String, JsonNode> events = new LinkedHashMap<>();
    for (Answer page : client.historyPages(roomId, 100)) {
      for (JsonNode event : page.orFail().get("chunk")) {
        events.put(event.get("event_id").asText(), event);
      }
    }
    return events;
  }

  JsonNode event(String roomId, String eventId) {
    return client.get(List.of("rooms", roomId, "event", eventId)).orFail();
  }

  /** Waits until the person may read the event: it comes from the other server. */
  void awaitEvent(String roomId, String eventId) {
    Eventually.isTrue(
        role + " sees an event in " + roomId,
        () -> client.get(List.of("rooms", roomId, "event", eventId)).isOk());
  }

  JsonNode state(String roomId, String type, String stateKey) {
    List<String> path = new ArrayList<>(List.of("rooms", roomId, "state", type));
    if (!stateKey.isEmpty()) {
      path.add(stateKey);
    }
    return client.get(path).orFail();
  }

  List<String> joinedRooms() {
    List<String> rooms = new ArrayList<>();
    client
        .get(List.of("joined_rooms"))
        .orFail()
        .get("joined_rooms")
        .forEach(r -> rooms.add(r.asText()));
    return rooms;
  }

  static Map<String, Object> text(String text) {
    return Map.of("msgtype", "m.text", "body", text);
  }

  private static String eventId(Answer answer) {
    return answer.orFail().get("event_id").asText();
  }

  @Override
  public String toString() {
    return role;
  }
}
