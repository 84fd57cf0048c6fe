package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class EventIdTest {

  @Test
  void changesWithWhatIsHashedAndNotWithTheRest() {
    EventVector vector = EventVector.recorded(RoomVersion.V10, "message");
    Pdu otherDepth = changed(vector, "\"depth\":", "\"depth\":1");
    Pdu otherBody = changed(vector, "\"body\":\"", "\"body\":\"x");

    assertThat(otherDepth.isEventIdCorrect()).isFalse();
    assertThat(EventId.contentHashMatches(otherDepth)).isFalse();
    assertThat(otherBody.isEventIdCorrect()).isTrue();
    assertThat(EventId.contentHashMatches(otherBody)).isFalse();
  }

  private static Pdu changed(EventVector vector, String from, String to) {
    assertThat(vector.json()).contains(from);
    return Pdu.parse(vector.json().replace(from, to), vector.eventId(), vector.version());
  }

  @Test
  void takesAContentHashInEitherAlphabet() {
    EventVector vector =
        EventVector.recorded().stream()
            .filter(v -> v.json().matches(".*\"sha256\":\"[^\"]*[+/].*"))
            .filter(v -> EventId.contentHashMatches(v.pdu()))
            .findFirst()
            .orElseThrow();
    String hash = vector.json().replaceFirst(".*\"sha256\":\"([^\"]*)\".*", "$1");
    String urlSafe = hash.replace('+', '-').replace('/', '_');

    assertThat(EventId.contentHashMatches(changed(vector, hash, urlSafe))).isTrue();
    assertThat(EventId.contentHashMatches(changed(vector, hash, "no base64!"))).isFalse();
  }

  @Test
  void isNotComputedOverWhatHasNoCanonicalForm() {
    Pdu half = EventText.parse(EventText.and("origin", "\"\\ud83d secret\""));
    Pdu large = EventText.parse(EventText.event("m.room.power_levels", "", "{\"ban\":1e400}"));

    for (Pdu pdu : new Pdu[] {half, large}) {
      assertThatExceptionOfType(MalformedEventException.class)
          .isThrownBy(() -> EventId.of(pdu))
          .withMessageContaining("event $id holds half of a surrogate pair or a number")
          .withMessageNotContaining("secret");
    }
  }
}
