package d2s.cli.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

  private static final String SEED = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  private static final String PEM =
      """
      -----BEGIN MATRIX PRIVATE KEY-----
      Key-ID: ed25519:a_Key1

      AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
      -----END MATRIX PRIVATE KEY-----
      """;

  @Test
  void theSeedKeepsItsBytesAndLosesItsPadding() throws Exception {
    SigningKey key = SigningKey.fromPem(PEM, true);

    assertThat(key.synapseLine()).isEqualTo("ed25519 a_Key1 " + SEED);
    assertThat(key.keyId()).isEqualTo("ed25519:a_Key1");
    assertThat(SigningKey.fromSynapse(key.synapseLine() + "\n").isSameAs(key)).isTrue();
    assertThat(key.toString()).doesNotContain(SEED);
  }

  /** The examples of RFC 8032, 7.1, tests 1, 2 and "SHA(abc)". */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42,"
        + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf"
  })
  void thePublicKeyIsTheOneOfTheSeed(String seed, String publicKey) throws Exception {
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(seed));

    SigningKey key = SigningKey.fromSynapse("ed25519 x " + base64);

    assertThat(key.publicKey())
        .isEqualTo(
            Base64.getEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(publicKey)));
  }

  @Test
  void lineEndsTextAroundAndOtherBlocksDoNotMatter() throws Exception {
    String other = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    String second = PEM.replace("a_Key1", "second");

    SigningKey key =
        SigningKey.fromPem(("a note\n" + other + PEM + second).replace("\n", "\r\n"), true);

    assertThat(key.synapseLine()).isEqualTo("ed25519 a_Key1 " + SEED);
    assertThat(SigningKey.count(other + PEM + second)).isEqualTo(2);
  }

  @Test
  void aBodyOverSeveralLinesAndWithoutAnEmptyLineIsRead() throws Exception {
    String pem =
        PEM.replace("a_Key1\n\n", "a_Key1\n").replace("AAECAwQFBgcICQoL", "AAECAwQFBgcICQoL\n  ");

    assertThat(SigningKey.fromPem(pem, true).synapseLine()).isEqualTo("ed25519 a_Key1 " + SEED);
  }

  @Test
  void ofALongBodyTheFirst32BytesCount() throws Exception {
    byte[] longer = new byte[64];
    for (int i = 0; i < longer.length; i++) {
      longer[i] = (byte) i;
    }

    SigningKey key =
        SigningKey.fromPem(
            PEM.replace(SEED + "=", Base64.getEncoder().encodeToString(longer)), true);

    assertThat(key.synapseLine()).isEqualTo("ed25519 a_Key1 " + SEED);
  }

  @Test
  void aShortBodyIsRefusedWithoutShowingIt() {
    String pem = PEM.replace(SEED + "=", "c2hvcnQ=");

    assertThatThrownBy(() -> SigningKey.fromPem(pem, true))
        .isInstanceOf(InvalidSigningKeyException.class)
        .hasMessage("the key is 5 bytes long; it must be 32");
  }

  @Test
  void aMissingNameIsRefused() {
    String pem = PEM.lines().filter(l -> !l.startsWith("Key-ID")).collect(Collectors.joining("\n"));

    assertThatThrownBy(() -> SigningKey.fromPem(pem, true))
        .hasMessageContaining("no header Key-ID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a_Key1", "rsa:a", "ed25519:", "ed25519:a b", "ed25519:a.b"})
  void aNameThatCannotSignIsRefused(String keyId) {
    String pem = PEM.replace("ed25519:a_Key1", keyId);

    assertThatThrownBy(() -> SigningKey.fromPem(pem, true))
        .isInstanceOf(InvalidSigningKeyException.class)
        .hasMessageContaining("\"" + keyId + "\"");
  }

  @Test
  void theNameOfAnOldKeyMayHaveOtherCharacters() throws Exception {
    String pem = PEM.replace("a_Key1", "a.b-c");

    assertThat(SigningKey.fromPem(pem, false).keyId()).isEqualTo("ed25519:a.b-c");
  }

  @Test
  void otherFilesAreNamedForWhatTheyAre() {
    assertThatThrownBy(() -> SigningKey.fromPem("ed25519 a " + SEED, true))
        .hasMessageContaining("no PEM block at all")
        .message()
        .doesNotContain(SEED);
    assertThatThrownBy(
            () -> SigningKey.fromPem(PEM.replace("MATRIX PRIVATE KEY", "PRIVATE KEY"), true))
        .hasMessageContaining("it has only [PRIVATE KEY]");
    assertThatThrownBy(() -> SigningKey.fromPem(PEM.replace("AAEC", "A*EC"), true))
        .hasMessageContaining("no block");
  }

  @Test
  void anOldPublicKeyIsTakenInEveryFormOfBase64() throws Exception {
    String standard = "+/" + SEED.substring(2);

    assertThat(OldSigningKey.of("ed25519:x", standard + "=", 5).publicKey()).isEqualTo(standard);
    assertThat(OldSigningKey.of("ed25519:x", "-_" + SEED.substring(2), 5).publicKey())
        .isEqualTo(standard);
    assertThatThrownBy(() -> OldSigningKey.of("ed25519:x", "AAAA", 5))
        .hasMessageContaining("3 bytes");
    assertThatThrownBy(() -> OldSigningKey.of("x", standard, 5))
        .hasMessageContaining("does not begin with");
  }
}
