package d2s.switchover.client;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.server.MatrixClient;
import d2s.acceptance.server.MatrixClient.Answer;
import d2s.switchover.server.Eventually;
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
public final class Person {
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
  public Person(
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

  public String role() {
    return role;
  }

  public String userId() {
    return userId;
  }

  public String password() {
    return password;
  }

  public String deviceId() {
    return deviceId;
  }

  public String token() {
    return token;
  }

  /** For calls that have no method here. */
  public MatrixClient client() {
    return client;
  }

  /** The token of the last sync that moved on; null before the first. */
  public String since() {
    return since;
  }

  /** A transaction ID that was never used. */
  public static String newTransaction() {
    return "txn-" + TRANSACTION.incrementAndGet();
  }

  public String createRoom(Map<String, ?> settings) {
    return client.post(List.of("createRoom"), settings).orFail().get("room_id").asText();
  }

  /** Sends a text and returns its event ID. */
  public String say(String roomId, String text) {
    return send(roomId, "m.room.message", text(text));
  }

  public String send(String roomId, String type, Object content) {
    return send(roomId, type, newTransaction(), content);
  }

  public String send(String roomId, String type, String transaction, Object content) {
    return eventId(client.put(List.of("rooms", roomId, "send", type, transaction), content));
  }

  public String setState(String roomId, String type, String stateKey, Object content) {
    List<String> path = new ArrayList<>(List.of("rooms", roomId, "state", type));
    if (!stateKey.isEmpty()) {
      path.add(stateKey);
    }
    return eventId(client.put(path, content));
  }

  public String redact(String roomId, String eventId) {
    return eventId(
        client.put(
            List.of("rooms", roomId, "redact", eventId, newTransaction()),
            Map.of("reason", "no reason")));
  }

  public String react(String roomId, String eventId, String key) {
    return send(
        roomId,
        "m.reaction",
        Map.of(
            "m.relates_to", Map.of("rel_type", "m.annotation", "event_id", eventId, "key", key)));
  }

  public void invite(String roomId, Person guest) {
    membership(roomId, "invite", guest);
  }

  public void kick(String roomId, Person other) {
    membership(roomId, "kick", other);
  }

  public void ban(String roomId, Person other) {
    membership(roomId, "ban", other);
  }

  public void unban(String roomId, Person other) {
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
  public void join(String roomIdOrAlias, String... via) {
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

  public void leave(String roomId) {
    client.post(List.of("rooms", roomId, "leave"), Map.of()).orFail();
  }

  public void forget(String roomId) {
    client.post(List.of("rooms", roomId, "forget"), Map.of()).orFail();
  }

  /** The types of account data that {@link #setAccountData} has set. */
  public Set<String> accountData() {
    return accountData;
  }

  /** The filters that {@link #makeFilter} has made, by ID. */
  public Map<String, Object> filters() {
    return filters;
  }

  /** Stores a filter and returns its ID. */
  public String makeFilter(Object filter) {
    String id =
        client.post(List.of("user", userId, "filter"), filter).orFail().get("filter_id").asText();
    filters.put(id, filter);
    return id;
  }

  public void tag(String roomId, String tag, double order) {
    client
        .put(List.of("user", userId, "rooms", roomId, "tags", tag), Map.of("order", order))
        .orFail();
  }

  /** Sends a message to the other's device that no room shows. */
  public void writeTo(Person other, String text) {
    client
        .put(
            List.of("sendToDevice", LETTER, newTransaction()),
            Map.of("messages", Map.of(other.userId, Map.of(other.deviceId, Map.of("text", text)))))
        .orFail();
  }

  /** What {@link #writeTo} has sent, as far as it is in an answer to a sync. */
  public static List<String> lettersIn(JsonNode sync) {
    List<String> letters = new ArrayList<>();
    for (JsonNode event : sync.at("/to_device/events")) {
      if (event.path("type").asText().equals(LETTER)) {
        letters.add(event.at("/content/text").asText());
      }
    }
    return letters;
  }

  /** Says that everything up to the event is read. */
  public void read(String roomId, String eventId) {
    client.post(List.of("rooms", roomId, "receipt", "m.read", eventId), Map.of()).orFail();
  }

  public void setAccountData(String type, Object content) {
    accountData.add(type);
    client.put(List.of("user", userId, "account_data", type), content).orFail();
  }

  /** One sync from nothing that leaves {@link #since} alone. */
  public JsonNode syncFromNothing() {
    return client.get(List.of("sync"), "timeout", "0").orFail();
  }

  /** Goes on from {@link #since} and moves it; answers at once. */
  public JsonNode sync() {
    return sync(0);
  }

  /**
   * Goes on from {@link #since} and moves it.
   *
   * @param timeout how long the server may wait for news, in milliseconds
   */
  public JsonNode sync(int timeout) {
    JsonNode answer = peek(timeout);
    since = answer.get("next_batch").asText();
    return answer;
  }

  /** Goes on from {@link #since} without moving it. */
  public JsonNode peek(int timeout) {
    List<String> query =
        new ArrayList<>(List.of("timeout", Integer.toString(timeout), "filter", LONG_TIMELINE));
    if (since != null) {
      query.addAll(List.of("since", since));
    }
    return client.get(List.of("sync"), query.toArray(new String[0])).orFail();
  }

  /** All events of the room that the user may see, newest first, by event ID. */
  public Map<String, JsonNode> history(String roomId) {
    Map<String, JsonNode> events = new LinkedHashMap<>();
    for (Answer page : client.historyPages(roomId, 100)) {
      for (JsonNode event : page.orFail().get("chunk")) {
        events.put(event.get("event_id").asText(), event);
      }
    }
    return events;
  }

  public JsonNode event(String roomId, String eventId) {
    return client.get(List.of("rooms", roomId, "event", eventId)).orFail();
  }

  /** Waits until the person may read the event: it comes from the other server. */
  public void awaitEvent(String roomId, String eventId) {
    Eventually.isTrue(
        role + " sees an event in " + roomId,
        () -> client.get(List.of("rooms", roomId, "event", eventId)).isOk());
  }

  public JsonNode state(String roomId, String type, String stateKey) {
    List<String> path = new ArrayList<>(List.of("rooms", roomId, "state", type));
    if (!stateKey.isEmpty()) {
      path.add(stateKey);
    }
    return client.get(path).orFail();
  }

  public List<String> joinedRooms() {
    List<String> rooms = new ArrayList<>();
    client
        .get(List.of("joined_rooms"))
        .orFail()
        .get("joined_rooms")
        .forEach(r -> rooms.add(r.asText()));
    return rooms;
  }

  public static Map<String, Object> text(String text) {
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
