package d2s.matrix.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFunctionsTest {

  private static final String ZEROS = "A".repeat(43);

  private final ServerFunctions server = new ServerFunctions();

  @Test
  void aKeyIsThirtyTwoBytesWithOrWithoutPadding() {
    assertThat(server.verifyKey(ZEROS)).isEqualTo(new byte[32]);
    assertThat(server.verifyKey(ZEROS + "=")).isEqualTo(new byte[32]);
    assertThat(server.verifyKey("+/" + "A".repeat(41))).startsWith(0xfb, 0xf0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "no base64!", "-_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void anythingElseIsNone(String text) {
    assertThat(server.verifyKey(text)).isNull();
    assertThat(server.verifyKey(null)).isNull();
  }
}
