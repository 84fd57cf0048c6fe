package d2s.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The few questions of the client-server API that a demonstration asks. */
final class DemoClient {

  private static final String API = "/_matrix/client/v3";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI address;

  DemoClient(URI address) {
    this.address = address;
  }

  /** Whether the server knows the token as this user and device. */
  boolean knows(DemoLogin login) throws IOException, InterruptedException {
    JsonNode answer = get(login, "/account/whoami");
    return answer.path("user_id").asText().equals(login.user())
        && answer.path("device_id").asText().equals(login.device());
  }

  /** IDs of the rooms that the user is in. */
  SortedSet<String> joinedRooms(DemoLogin login) throws IOException, InterruptedException {
    SortedSet<String> rooms = new TreeSet<>();
    get(login, "/joined_rooms").path("joined_rooms").forEach(room -> rooms.add(room.asText()));
    return rooms;
  }

  /**
   * Sends a text message.
   *
   * @return the ID of its event; empty where the user may not send
   */
  Optional<String> send(DemoLogin login, String room, String text)
      throws IOException, InterruptedException {
    String body =
        json.writeValueAsString(json.createObjectNode().put("msgtype", "m.text").put("body", text));
    HttpRequest.Builder request =
        request(login, "/rooms/" + encode(room) + "/send/m.room.message/d2s-demo")
            .PUT(HttpRequest.BodyPublishers.ofString(body));
    return Optional.ofNullable(answer(request).path("event_id").textValue());
  }

  /** The ID of the newest event that the user sees in a room. */
  String newestEvent(DemoLogin login, String room) throws IOException, InterruptedException {
    JsonNode answer = get(login, "/rooms/" + encode(room) + "/messages?dir=b&limit=1");
    return answer.path("chunk").path(0).path("event_id").asText();
  }

  private JsonNode get(DemoLogin login, String path) throws IOException, InterruptedException {
    return answer(request(login, path).GET());
  }

  private HttpRequest.Builder request(DemoLogin login, String path) {
    return HttpRequest.newBuilder(URI.create(address + API + path))
        .header("Authorization", "Bearer " + login.accessToken().reveal());
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    return json.readTree(
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
