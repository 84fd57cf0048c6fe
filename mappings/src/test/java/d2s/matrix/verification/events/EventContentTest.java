package d2s.matrix.verification.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.EventJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an event is compared. Events of version 1 say their ids, so nothing need be hashed. */
class EventContentTest {

  private static final String ID = "$one:our.example";
  private static final String ROOM = "!room:our.example";

  private static String event(String type, String content, String more) {
    return """
    {"auth_events":[],"content":%s,"depth":1,"event_id":"$one:our.example","hashes":{"sha256":"aGFzaA"},
    "origin_server_ts":1,"prev_events":[],"room_id":"!room:our.example","sender":"@a:our.example",
    "signatures":{},"type":"%s"%s}\
    """
        .formatted(content, type, more);
  }

  private static String message(String content) {
    return event("m.room.message", content, "");
  }

  private static String relation(String eventId, String kind, String key) {
    return message(
        """
        {"m.relates_to":{"event_id":"%s","rel_type":"%s","key":"%s"}}\
        """
            .formatted(eventId, kind, key));
  }

  private static boolean isPossible(String json) {
    return EventContent.isPossible(ID, ROOM, json, RoomVersion.V1);
  }

  private static ObjectNode of(String json, RoomVersion version) {
    return EventContent.of(EventJson.read(json), version);
  }

  @Test
  void synapseCanHaveAnEventUnderItsIdInItsRoom() {
    String json = message("{\"body\":\"hello\"}");

    assertThat(isPossible(json)).isTrue();
    assertThat(EventContent.isPossible("$two:our.example", ROOM, json, RoomVersion.V1)).isFalse();
    assertThat(EventContent.isPossible(ID, "!other:our.example", json, RoomVersion.V1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "nonsense"})
  void synapseCannotHaveWhatIsNoEvent(String json) {
    assertThat(isPossible(json)).isFalse();
  }

  @Test
  void synapseCannotHaveAnEventThatItCannotRead() {
    assertThat(
            isPossible(
                message("{}").replace("\"hashes\":{\"sha256\":\"aGFzaA\"}", "\"hashes\":[]")))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "800, 800, 900, true",
    "801, 800, 900, false",
    "800, 801, 900, false",
    "800, 800, 901, false"
  })
  void synapseCannotIndexWhatSaysTooMuchOfItsRelation(int id, int kind, int key, boolean possible) {
    assertThat(isPossible(relation("i".repeat(id), "k".repeat(kind), "y".repeat(key))))
        .isEqualTo(possible);
  }

  @Test
  void bytesAreCountedAndNotCharacters() {
    assertThat(isPossible(relation("i", "k", "\u00e4".repeat(1_249)))).isTrue();
    assertThat(isPossible(relation("i", "k", "\u00e4".repeat(1_250)))).isFalse();
  }

  @Test
  void nothingIsComparedOfNothing() {
    assertThat(EventContent.of(null, RoomVersion.V10)).isNull();
    assertThat(EventContent.pruned("{}", ID, RoomVersion.V10)).isNull();
  }

  @Test
  void whatIsNotPartOfAnEventIsNotCompared() {
    String json = event("m.room.message", "{}", ",\"unsigned\":{\"age\":1}");

    assertThat(of(json, RoomVersion.V1).has("unsigned")).isFalse();
    assertThat(of(json, RoomVersion.V1).has("event_id")).isTrue();
    assertThat(of(json, RoomVersion.V3).has("event_id")).isFalse();
    assertThat(of(json, RoomVersion.V3).has("content")).isTrue();
  }

  @Test
  void onlyTheCreateEventOfVersion12NamesNoRoom() {
    assertThat(of(event("m.room.create", "{}", ""), RoomVersion.V12).has("room_id")).isFalse();
    assertThat(of(event("m.room.create", "{}", ""), RoomVersion.V11).has("room_id")).isTrue();
    assertThat(of(message("{}"), RoomVersion.V12).has("room_id")).isTrue();
  }

  @Test
  void aRedactionLeavesAllButTheContent() {
    String json = message("{\"body\":\"hello\"}");
    ObjectNode pruned = EventContent.pruned(json, ID, RoomVersion.V1);

    assertThat(pruned.path("content")).isEmpty();
    assertThat(pruned.path("sender").textValue()).isEqualTo("@a:our.example");
  }
}
