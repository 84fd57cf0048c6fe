package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.matrix.json.CanonicalJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events of every room version, compared with what the two servers make of them. */
class EventVectorTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Stream<EventVector> all() {
    return Stream.concat(EventVector.recorded().stream(), EventVector.madeUp().stream());
  }

  static List<EventVector> recorded() {
    return EventVector.recorded();
  }

  @Test
  void coverEveryStableRoomVersion() {
    assertThat(all().map(EventVector::version).distinct())
        .contains(Stream.of(RoomVersion.values()).limit(12).toArray(RoomVersion[]::new));
  }

  @ParameterizedTest
  @MethodSource("all")
  void hasTheIdThatTheServersComputed(EventVector vector) {
    assertThat(EventId.of(vector.pdu())).isEqualTo(vector.eventId());
    assertThat(vector.pdu().isEventIdCorrect()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void keepsItsIdWhenStored(EventVector vector) {
    Pdu stored = Pdu.parse(vector.pdu().getStoredJson(), vector.eventId(), vector.version());

    assertThat(EventId.of(stored)).isEqualTo(vector.eventId());
    assertThat(stored.getStoredJson()).isEqualTo(vector.pdu().getStoredJson());
  }

  @ParameterizedTest
  @MethodSource("all")
  void isRedactedAsSynapseDoes(EventVector vector) throws Exception {
    ObjectNode redacted = (ObjectNode) MAPPER.readTree(vector.pdu().redacted().getStoredJson());
    redacted.remove("unsigned");

    assertThat(CanonicalJson.of(redacted.toString()))
        .isEqualTo(CanonicalJson.of(vector.redacted()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void keepsItsIdWhenRedacted(EventVector vector) {
    Pdu redacted = vector.pdu().redacted();

    assertThat(EventId.of(redacted)).isEqualTo(vector.eventId());
    assertThat(redacted.redacted().getStoredJson()).isEqualTo(redacted.getStoredJson());
    assertThat(redacted.getRoomId()).isEqualTo(vector.pdu().getRoomId());
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void hasContentThatMatchesItsHashUnlessItWasRedacted(EventVector vector) throws Exception {
    JsonNode event = MAPPER.readTree(vector.json());
    boolean redacted = event.at("/unsigned/redacted_because").isObject();

    assertThat(EventId.contentHashMatches(vector.pdu())).isEqualTo(!redacted);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void isStoredAsItWasButForUnsigned(EventVector vector) throws Exception {
    String stored = vector.pdu().getStoredJson();

    ObjectNode before = (ObjectNode) MAPPER.readTree(vector.json());
    JsonNode unsigned = before.remove("unsigned");
    ObjectNode after = (ObjectNode) MAPPER.readTree(stored);
    after.remove("unsigned");
    assertThat(after).isEqualTo(before);
    if (unsigned == null) {
      assertThat(stored).isEqualTo(vector.json());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void canBeHeldBySynapse(EventVector vector) {
    assertThat(vector.pdu().getIncompatibility()).isNull();
    assertThat(vector.pdu().isStorable()).isTrue();
  }
}
