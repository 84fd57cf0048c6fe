package d2s.matrix.verification;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.HostileNames;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " [1, null] ",
        "\"text\"",
        "1",
        "{\"a\":\"\\u0000\"}",
        "\"\\ud83d\"",
        "1e5",
        "{\"a\":{}}"
      })
  void oneValueIsReadable(String json) {
    assertThat(ReadableJson.is(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "text", "\"a", "{\"a\":}", "1 2", "{} {}", "[1e999]", "[-1e999]"})
  void nothingElseIs(String json) {
    assertThat(ReadableJson.is(json)).isFalse();
  }

  @Test
  void namesMayBeLongAndHaveOneHash() {
    for (String json : List.of(HostileNames.ofOneHash(), HostileNames.veryLong())) {
      assertThat(ReadableJson.is(json)).isTrue();
      assertThat(EventJson.read(json)).isNotNull();
    }
  }

  @Test
  void deepNestingIsNot() {
    assertThat(ReadableJson.is("[".repeat(500) + "]".repeat(500))).isTrue();
    assertThat(ReadableJson.is("[".repeat(501) + "]".repeat(501))).isFalse();
  }

  @Test
  void aLongIntegerIsNot() {
    assertThat(ReadableJson.is("1".repeat(4_300))).isTrue();
    assertThat(ReadableJson.is("1".repeat(4_301))).isFalse();
  }
}
