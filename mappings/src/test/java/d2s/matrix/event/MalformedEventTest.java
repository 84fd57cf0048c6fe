package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedEventTest {

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("", "is not a JSON object"),
        Arguments.of("[]", "is not a JSON object"),
        Arguments.of("{\"secret\":tru", "is not valid JSON (at character"),
        Arguments.of("{\"secret\":\"a", "is not valid JSON (at character"),
        Arguments.of("{\"a\":1 secret}", "is not valid JSON (at character"),
        Arguments.of(EventText.message() + "{}", "is followed by something"),
        Arguments.of(EventText.without("type"), "has no type"),
        Arguments.of(EventText.without("sender"), "has no sender"),
        Arguments.of(EventText.without("content"), "has no content"),
        Arguments.of(EventText.without("depth"), "has no depth"),
        Arguments.of(EventText.without("room_id"), "has no room_id"),
        Arguments.of(EventText.without("origin_server_ts"), "has no origin_server_ts"),
        Arguments.of(EventText.without("prev_events"), "has no prev_events"),
        Arguments.of(EventText.without("auth_events"), "has no auth_events"),
        Arguments.of(EventText.with("type", "7"), "member type that is not a string"),
        Arguments.of(EventText.with("sender", "null"), "member sender that is not a string"),
        Arguments.of(EventText.and("state_key", "1"), "member state_key that is not a string"),
        Arguments.of(EventText.with("depth", "1.0"), "member depth that is not an integer"),
        Arguments.of(
            EventText.with("depth", "9223372036854775808"), "member depth that is out of range"),
        Arguments.of(EventText.with("content", "[]"), "member content that is not an object"),
        Arguments.of(EventText.with("prev_events", "{}"), "prev_events that are not an array"),
        Arguments.of(
            EventText.with("auth_events", "[[\"$a\",{}]]"),
            "member auth_events that is not a string"),
        Arguments.of(
            EventText.and("x", "[".repeat(2000) + "]".repeat(2000)), "is nested too deeply"),
        Arguments.of(EventText.and("x", "9".repeat(5000)), "a number that is too long"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void saysWhichEventAndWhatIsWrongAndShowsNoContent(String json, String what) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> EventText.parse(json))
        .withMessageStartingWith("event $id ")
        .withMessageContaining(what)
        .withMessageNotContainingAny("secret", "example.org")
        .withNoCause()
        .satisfies(e -> assertThat(e.eventId()).isEqualTo("$id"));
  }

  @Test
  void isAnArgumentThatWasWrongSoThatExpressionsShowItsMessage() {
    assertThat(new MalformedEventException("$id", "is odd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("event $id is odd");
  }

  @Test
  void refusesPlainIdsWhereTheVersionHasPairs() {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> Pdu.parse(EventText.message(), "$id", RoomVersion.V1))
        .withMessage("event $id has auth_events that are not pairs of an id and its hashes");
  }

  @Test
  void refusesARowWithoutAnId() {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> Pdu.parse(EventText.message(), null, RoomVersion.V10))
        .withMessage("event without id has an id that does not start with $");
  }
}
