package d2s.matrix.verification.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ed25519KeyTest {

  /** The third test of RFC 8032, section 7.1. */
  private static final String KEY =
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";

  private static final byte[] MESSAGE = HexFormat.of().parseHex("af82");

  private static final String SIGNATURE =
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
          + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

  /** The order of the base point, in the order of the signature's bytes. */
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static String base64(String hexadecimal) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(HexFormat.of().parseHex(hexadecimal));
  }

  private static Ed25519Key key() {
    return Ed25519Key.of(base64(KEY)).orElseThrow();
  }

  @Test
  void verifies() {
    assertThat(key().verifies(MESSAGE, base64(SIGNATURE))).isTrue();
    assertThat(key().verifies(MESSAGE, base64(SIGNATURE) + "==")).isTrue();
    assertThat(key().base64()).isEqualTo(base64(KEY) + "=");
  }

  @Test
  void refusesWhatIsNotTheSame() {
    assertThat(key().verifies("af82".getBytes(UTF_8), base64(SIGNATURE))).isFalse();
    assertThat(key().verifies(MESSAGE, base64(SIGNATURE.replace("62", "63")))).isFalse();
    assertThat(key().verifies(MESSAGE, base64(SIGNATURE.substring(2)))).isFalse();
    assertThat(key().verifies(MESSAGE, "")).isFalse();
    assertThat(key().verifies(MESSAGE, "no base64!")).isFalse();
  }

  /**
   * Whoever adds the order to the second half of a signature has another one, which is not valid.
   */
  @Test
  void refusesASecondSignatureOfTheSameMessage() {
    byte[] second = HexFormat.of().parseHex(SIGNATURE);
    BigInteger number = new BigInteger(1, reversed(second, 32)).add(ORDER);
    byte[] bytes = reversed(padded(number), 0);
    System.arraycopy(bytes, 0, second, 32, 32);

    assertThat(key().verifies(MESSAGE, Base64.getEncoder().encodeToString(second))).isFalse();
  }

  private static byte[] padded(BigInteger number) {
    return HexFormat.of().parseHex("%064x".formatted(number));
  }

  private static byte[] reversed(byte[] bytes, int from) {
    byte[] reversed = new byte[bytes.length - from];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** One signature would do for every message. The migration's library refuses them too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void knowsKeysForWhichEverybodyCanSign(String point) {
    assertThat(Ed25519Key.of(base64(point))).isEmpty();
    byte[] bytes = HexFormat.of().parseHex(point);
    assertThatThrownBy(() -> new Ed25519PublicKeyParameters(bytes))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsWhatIsNoKey() {
    assertThat(Ed25519Key.of("")).isEmpty();
    assertThat(Ed25519Key.of("AAAA")).isEmpty();
    assertThat(Ed25519Key.of("no base64!")).isEmpty();
  }
}
