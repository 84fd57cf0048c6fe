package d2s.matrix.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", " [1, null] ", "\"text\"", "1", "{\"a\":\"\\u0000\"}", "\"\\ud83d\"", "1e5"})
  void jsonHasNoFlaw(String json) {
    assertThat(ClientJson.defect(json)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; it is empty",
        "'{'; it is not JSON",
        "text; it is not JSON",
        "\"a; it is not JSON",
        "'{\"a\":}'; it is not JSON",
        "1 2; more than one JSON value stands there",
        "[1e999]; it holds a number that is too large",
      })
  void everythingElseHas(String json, String defect) {
    assertThat(ClientJson.defect(json)).isEqualTo(defect);
  }

  @Test
  void deepNestingIsAFlaw() {
    assertThat(ClientJson.defect("[".repeat(500) + "]".repeat(500))).isNull();
    assertThat(ClientJson.defect("[".repeat(501) + "]".repeat(501)))
        .isEqualTo("it is nested more than 500 levels deep");
    assertThat(ClientJson.defect("[".repeat(100_000) + "]".repeat(100_000))).isNotNull();
  }

  @Test
  void halfASurrogatePairCannotBeSent() {
    assertThat(ClientJson.isSendable("\"\\ud83d\\ude42 \\u0000\"")).isTrue();
    assertThat(ClientJson.isSendable("\"\\ud83d\"")).isFalse();
  }

  @Test
  void membersStayAsTheyWereWritten() {
    String json = "{ \"a\" : 1.0, \"\\u0062\":[ 2 ],\"c\": {\"x\" :\"\\/\"} }";
    assertThat(ClientJson.member(json, "c")).isEqualTo("{\"x\" :\"\\/\"}");
    assertThat(ClientJson.member(json, "x")).isNull();
    assertThat(ClientJson.without(json, "b")).isEqualTo("{\"a\" : 1.0,\"c\": {\"x\" :\"\\/\"}}");
    assertThat(ClientJson.without(json, "x")).isSameAs(json);
    assertThat(ClientJson.without("{\"a\":1}", "a")).isEqualTo("{}");
  }

  @Test
  void onlyObjectsAreObjects() {
    assertThat(ClientJson.isObject(" {}")).isTrue();
    assertThat(ClientJson.isObject("[{}]")).isFalse();
  }
}
