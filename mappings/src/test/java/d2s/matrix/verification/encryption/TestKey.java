package d2s.matrix.verification.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.matrix.json.CanonicalJson;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** A key of which the secret half is known. */
record TestKey(Ed25519PrivateKeyParameters secret) {

  static TestKey of(int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return new TestKey(new Ed25519PrivateKeyParameters(bytes, 0));
  }

  String name() {
    return base64(secret.generatePublicKey().getEncoded());
  }

  String sign(ObjectNode object) {
    ObjectNode bare = object.deepCopy();
    bare.remove("signatures");
    bare.remove("unsigned");
    byte[] message = CanonicalJson.of(bare.toString()).getBytes(UTF_8);
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, secret);
    signer.update(message, 0, message.length);
    return base64(signer.generateSignature());
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
