package d2s.generator.signing;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.generator.random.Chance;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Ed25519KeyTest {
  private static final byte[] HEAD_OF_X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  @Test
  void everySignatureIsTrue() throws Exception {
    Chance chance = new Chance(1);
    for (int number = 0; number < 20; number++) {
      Ed25519Key key = new Ed25519Key(chance.bytes("key", number));
      for (int message = 0; message < 10; message++) {
        byte[] text = chance.base64(10 * message).getBytes(StandardCharsets.UTF_8);
        assertThat(isTrue(key.publicText(), text, key.sign(text))).isTrue();
        assertThat(isTrue(key.publicText(), text, key.sign("another"))).isFalse();
      }
    }
  }

  private static boolean isTrue(String publicKey, byte[] message, String signature)
      throws Exception {
    byte[] key = Base64.getDecoder().decode(publicKey);
    byte[] encoded = java.util.Arrays.copyOf(HEAD_OF_X509, HEAD_OF_X509.length + key.length);
    System.arraycopy(key, 0, encoded, HEAD_OF_X509.length, key.length);
    PublicKey parsed =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(parsed);
    verifier.update(message);
    return verifier.verify(Base64.getDecoder().decode(signature));
  }
}
