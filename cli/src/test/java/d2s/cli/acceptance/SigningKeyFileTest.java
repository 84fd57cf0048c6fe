package d2s.cli.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SigningKeyFileTest {

  @Test
  void theSeedKeepsItsBytesAndLosesItsPadding() {
    String pem =
        """
        -----BEGIN MATRIX PRIVATE KEY-----
        Key-ID: ed25519:a_Key1

        AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
        -----END MATRIX PRIVATE KEY-----
        """;

    assertThat(SigningKeyFile.toSynapse(pem))
        .isEqualTo("ed25519 a_Key1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
  }

  @Test
  void anotherFileIsRefused() {
    assertThatThrownBy(() -> SigningKeyFile.toSynapse("-----BEGIN PRIVATE KEY-----"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
