package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that Dendrite can hold and Synapse cannot. */
class IncompatibilityTest {

  static Stream<Arguments> incompatibilities() {
    return Stream.of(
        Arguments.of(EventText.and("state_key", "null"), "has a state key that is null"),
        Arguments.of(
            EventText.and("state_key", "\"a\\u0000\""),
            "has the character U+0000 in its state key"),
        Arguments.of(
            EventText.and("state_key", "\"\\ud83d\""),
            "has half of a surrogate pair in its state key"),
        Arguments.of(EventText.with("type", "\"\\u0000\""), "has the character U+0000 in its type"),
        Arguments.of(
            EventText.with("prev_events", "[\"$\\u0000\"]"),
            "has the character U+0000 in its previous event id"),
        Arguments.of(
            EventText.with("content", "{\"body\":\"\\ud83d\"}"),
            "holds half of a surrogate pair, which Synapse cannot read"),
        Arguments.of(EventText.without("hashes"), "has no hashes"),
        Arguments.of(EventText.with("hashes", "[]"), "has hashes that are not an object"),
        Arguments.of(
            EventText.with("hashes", "{\"sha256\":[1]}"), "has a hash that is not a string"),
        Arguments.of(EventText.with("signatures", "null"), "has signatures that are not an object"),
        Arguments.of(
            EventText.with("signatures", "{\"x\":\"y\"}"),
            "has signatures of a server that are not an object"),
        Arguments.of(
            EventText.with("signatures", "{\"x\":{\"y\":1}}"),
            "has a signature that is not a string"),
        Arguments.of(
            EventText.with("content", "{\"a\":1e400}"),
            "holds a number that is too large for Synapse"),
        Arguments.of(
            EventText.with("content", "{\"a\":" + "[".repeat(126) + "]".repeat(126) + "}"),
            "is nested more than 127 levels deep"),
        Arguments.of(
            EventText.event("m.room.member", "pete", "{}"),
            "is the membership of somebody who has no user id"),
        Arguments.of(
            EventText.event("m.room.member", "@pete", "{}"),
            "is the membership of somebody who has no user id"));
  }

  @ParameterizedTest
  @MethodSource("incompatibilities")
  void saysWhatSynapseCannotHold(String json, String what) {
    assertThat(EventText.parse(json))
        .returns(what, Pdu::getIncompatibility)
        .returns(false, Pdu::isStorable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"body\":\"\\u0000\"}",
        "{\"body\":\"\\ud83d\\ude00\"}",
        "{\"body\":\"\\\\ud83d\"}",
        "{\"f\":1.5,\"big\":1152921504606846976000,\"e\":1e300}"
      })
  void takesWhatSynapseCanHold(String content) {
    assertThat(EventText.parse(EventText.with("content", content)).getIncompatibility()).isNull();
  }

  @Test
  void takesWhatIsInUnsignedOnly() {
    String json = EventText.and("unsigned", "{\"redacted_because\":{\"x\":\"\\ud83d\"}}");

    assertThat(EventText.parse(json).getIncompatibility()).isNull();
  }

  @Test
  void seesAnEventOfAnOldVersionThatDoesNotSayItsOwnId() {
    EventVector vector = EventVector.recorded(RoomVersion.V2, "message");
    String anonymous = vector.json().replace("\"event_id\":\"" + vector.eventId() + "\",", "");

    Pdu pdu = Pdu.parse(anonymous, vector.eventId(), RoomVersion.V2);

    assertThat(anonymous).isNotEqualTo(vector.json());
    assertThat(pdu.getIncompatibility())
        .isEqualTo("does not say its own id, as events of room version 2 must");
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> EventId.of(pdu))
        .withMessage("event " + vector.eventId() + " does not say its own id");
  }

  @Test
  void seesAnEventOfAnOldVersionThatSaysAnotherId() {
    EventVector vector = EventVector.recorded(RoomVersion.V1, "message");

    assertThat(Pdu.parse(vector.json(), "$other", RoomVersion.V1))
        .returns("says that it has another id", Pdu::getIncompatibility)
        .returns(false, Pdu::isEventIdCorrect);
  }

  @Test
  void seesACreateEventAmongTheAuthEventsOfVersion12() {
    String json = EventText.with("room_id", "\"!a\"");

    assertThat(Pdu.parse(json, "$id", RoomVersion.V12))
        .returns(
            "names the create event as an auth event, which room version 12 forbids",
            Pdu::getIncompatibility)
        .satisfies(pdu -> assertThat(pdu.getAllAuthEvents()).containsExactly("$a"));
    assertThat(Pdu.parse(json, "$id", RoomVersion.V11).getIncompatibility()).isNull();
  }

  @Test
  void seesARoomVersionThatSynapseDoesNotHave() {
    assertThat(Pdu.parse(EventText.message(), "$id", RoomVersion.MSC3787).getIncompatibility())
        .isEqualTo("is in a room of version org.matrix.msc3787, which Synapse does not know");
  }
}
