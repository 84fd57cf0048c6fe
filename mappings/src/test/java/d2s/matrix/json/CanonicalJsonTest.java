package d2s.matrix.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        " { } |{}",
        " [ ] |[]",
        "{\"b\":1,\"a\":[ 2 , {\"d\":3,\"c\":null} ]}|{\"a\":[2,{\"c\":null,\"d\":3}],\"b\":1}",
        "{\"a\":1,\"a\":2}|{\"a\":2}",
        "{\"b\":0,\"a\":1,\"b\":2,\"\":3}|{\"\":3,\"a\":1,\"b\":2}",
        "\"\\/\\u0041\\u00e9\\ud83d\\ude00\"|\"/Aé😀\"",
        "\"\\u0000\\u001F\\u0008\\u000a\\u007f\"|\"\\u0000\\u001f\\b\\n\u007f\"",
        "\"\\u003c\\u2028\\\"\\\\\"|\"<\u2028\\\"\\\\\"",
        "[true,false,null]|[true,false,null]",
        "[-0,0,12345678901234567890123]|[0,0,12345678901234567890123]",
        "[1.0,1.10,1E3,1e16,0.00001,-0.0]|[1.0,1.1,1000.0,1e+16,1e-05,-0.0]"
      })
  void writesTheShortestForm(String json, String canonical) {
    assertThat(CanonicalJson.of(json)).isEqualTo(canonical);
  }

  @Test
  void sortsByCodePointAndNotByUtf16() {
    assertThat(CanonicalJson.of("{\"😀\":1,\"\uffff\":2,\"z\":3,\"é\":4}"))
        .isEqualTo("{\"z\":3,\"é\":4,\"\uffff\":2,\"😀\":1}");
  }

  @Test
  void canLeaveNumbersAsTheyAre() {
    assertThat(CanonicalJson.withNumbersAsWritten("[1.10,0.00001,1152921504606847000]"))
        .isEqualTo("[1.10,0.00001,1152921504606847000]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"secret\"}", "[1,]", "1 2", "{} secret", "1e400"})
  void refusesWhatIsNotJson(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CanonicalJson.of(text))
        .withMessageNotContaining("secret")
        .withNoCause();
  }

  @Test
  void hasNoBytesForHalfOfASurrogatePair() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> CanonicalJson.utf8(CanonicalJson.of("\"\\ud83d\"")));
  }
}
