package d2s.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import d2s.acceptance.comparison.Background;
import d2s.acceptance.probe.Probes;
import d2s.acceptance.recording.RecordedHomeserver;
import d2s.acceptance.server.Homeserver;
import d2s.acceptance.server.MatrixClient;
import d2s.acceptance.server.MatrixClient.Answer;
import java.util.List;
import java.util.Map;

/**
 * People of the recorded homeserver go on in one of its rooms: they talk, invite, join, leave and
 * redact. Every step must succeed and be seen by the others.
 */
public final class ContinuityScenario {
  /** Dave made the rooms of each version, Erin is in them, Heidi is not. */
  private static final String CREATOR = "dave";

  private static final String MEMBER = "erin";
  private static final String NEWCOMER = "heidi";

  private final RecordedHomeserver recorded;
  private final String roomName;
  private final String roomId;
  private final MatrixClient creator;
  private final MatrixClient member;
  private final MatrixClient newcomer;
  private int transaction;

  /**
   * @param roomName a room of the recording that the creator made
   */
  public ContinuityScenario(RecordedHomeserver recorded, Homeserver server, String roomName) {
    this.recorded = recorded;
    this.roomName = roomName;
    this.roomId = recorded.roomId(roomName);
    this.creator = server.client(token(CREATOR));
    this.member = server.client(token(MEMBER));
    this.newcomer = server.client(token(NEWCOMER));
  }

  /** All of it, once. */
  public void live() {
    String since = sync(member, null).get("next_batch").asText();
    String message = talk(creator, "good morning");
    assertThat(timeline(sync(member, since)))
        .as("what erin sees of %s", roomName)
        .contains(message);

    String newcomerSince = sync(newcomer, null).get("next_batch").asText();
    creator
        .post(
            List.of("rooms", roomId, "invite"),
            Map.of("user_id", recorded.people().get(NEWCOMER).userId()))
        .orFail();
    assertThat(sync(newcomer, newcomerSince).path("rooms").path("invite").has(roomId))
        .as("heidi sees the invite to %s", roomName)
        .isTrue();
    newcomer.post(List.of("join", roomId), Map.of()).orFail();
    assertThat(Background.texts(newcomer.get(List.of("joined_rooms")).orFail().get("joined_rooms")))
        .contains(roomId);

    String unwelcome = talk(newcomer, "something to take back");
    redact(creator, unwelcome);
    redact(creator, migratedMessage());
    assertRedacted(unwelcome);
    assertRedacted(migratedMessage());
    newcomer.post(List.of("rooms", roomId, "leave"), Map.of()).orFail();
  }

  /** After a restart what was redacted stays so, and the room goes on. */
  public void liveOn() {
    assertRedacted(migratedMessage());
    String message = talk(member, "good evening");
    assertThat(event(creator, message).at("/content/body").asText()).isEqualTo("good evening");
  }

  /** A message that Dave wrote on Dendrite. */
  private String migratedMessage() {
    return recorded.events().get(roomName + ".msg");
  }

  private String talk(MatrixClient client, String text) {
    return client
        .put(
            List.of("rooms", roomId, "send", "m.room.message", "new-" + ++transaction),
            Map.of("msgtype", "m.text", "body", text))
        .orFail()
        .get("event_id")
        .asText();
  }

  private void redact(MatrixClient client, String eventId) {
    client
        .put(List.of("rooms", roomId, "redact", eventId, "gone-" + ++transaction), Map.of())
        .orFail();
  }

  private void assertRedacted(String eventId) {
    JsonNode event = event(member, eventId);
    assertThat(event.get("content")).as("content of a redacted event in %s", roomName).isEmpty();
    assertThat(event.at("/unsigned/redacted_because/event_id").isTextual()).isTrue();
  }

  private JsonNode event(MatrixClient client, String eventId) {
    return client.get(List.of("rooms", roomId, "event", eventId)).orFail();
  }

  private JsonNode sync(MatrixClient client, String since) {
    Answer answer =
        since == null
            ? client.get(List.of("sync"), "timeout", "0")
            : client.get(List.of("sync"), "timeout", "0", "since", since);
    return answer.orFail();
  }

  private List<String> timeline(JsonNode sync) {
    JsonNode events = sync.path("rooms").path("join").path(roomId).path("timeline").path("events");
    return Background.texts(Probes.eventIds(events));
  }

  private String token(String person) {
    return recorded.people().get(person).device().token();
  }
}
