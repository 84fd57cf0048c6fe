package d2s.matrix.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicKeyTest {

  /** RFC 8032, 7.1, test 1: the empty message. */
  private static final String KEY = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo";

  @ParameterizedTest
  @ValueSource(
      strings = {
        KEY,
        KEY + "=",
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="
      })
  void everyFormOfBase64IsTheSameKey(String form) {
    PublicKey key = PublicKey.of(form).orElseThrow();
    assertThat(key.base64()).isEqualTo(KEY);
    assertThat(PublicKey.normal(form)).isEqualTo(KEY);
  }

  @Test
  void whatTheStandardSignsVerifies() throws Exception {
    PublicKey key = PublicKey.of(KEY).orElseThrow();
    byte[] nothing = {};
    String expected = signatureOfTheStandard();
    assertThat(key.verifies(nothing, expected)).isTrue();
    assertThat(key.verifies(nothing, expected + "==")).isTrue();
    assertThat(key.verifies(new byte[] {0}, expected)).isFalse();
  }

  private static String signatureOfTheStandard() {
    byte[] bytes =
        java.util.HexFormat.of()
            .parseHex(
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                    + "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    return java.util.Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "not base64!", KEY + "AAAA", "ünï", "AAAA"})
  void otherTextsAreNoKeysAndVerifyNothing(String text) {
    assertThat(PublicKey.of(text)).isEmpty();
    assertThat(PublicKey.of(KEY).orElseThrow().verifies(new byte[0], text)).isFalse();
  }

  @Test
  void aNumberThatIsNoPointOfTheCurveVerifiesNothing() {
    // 2 is the y coordinate of no point.
    String noPoint = "Ag" + "A".repeat(41);
    boolean verified =
        PublicKey.of(noPoint)
            .map(key -> key.verifies(new byte[0], signatureOfTheStandard()))
            .orElse(false);
    assertThat(verified).isFalse();
  }

  @Test
  void theBytesThatAreSignedAreCanonicalAndWithoutSignatures() {
    Map<String, Object> object =
        Map.of("b", "ü\u2028", "a", 1L, "signatures", Map.of("x", "y"), "unsigned", Map.of());
    assertThat(new String(Signable.bytes(object), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":1,\"b\":\"ü\u2028\"}");
  }
}
