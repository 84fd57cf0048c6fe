package d2s.matrix.encryption;

import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The public half of an Ed25519 key. Bouncy Castle verifies a signature in an eighth of the time
 * that Java's own provider takes, and a server has hundreds of thousands of them.
 */
final class PublicKey {

  private static final int LENGTH = 32;

  private final byte[] bytes;
  private final Ed25519PublicKeyParameters key;

  private PublicKey(byte[] bytes, Ed25519PublicKeyParameters key) {
    this.bytes = bytes;
    this.key = key;
  }

  /** Reads the base64 of a key, in any of its usual forms; empty if it is none. */
  static Optional<PublicKey> of(String base64) {
    byte[] bytes = decode(base64);
    if (bytes == null || bytes.length != LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PublicKey(bytes, new Ed25519PublicKeyParameters(bytes)));
    } catch (IllegalArgumentException e) {
      // Not a point of the curve.
      return Optional.empty();
    }
  }

  /** The key in the form in which ids name it: standard base64 without padding. */
  String base64() {
    return encode(bytes);
  }

  /** Whether the owner of this key signed the message. */
  boolean verifies(byte[] message, String base64Signature) {
    byte[] signature = decode(base64Signature);
    return signature != null
        && signature.length == Ed25519.SIGNATURE_SIZE
        && key.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
  }

  /** The usual form of base64, or the text itself if it is none. */
  static String normal(String base64) {
    byte[] bytes = decode(base64);
    return bytes == null ? base64 : encode(bytes);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String base64) {
    try {
      // Dendrite reads both alphabets, with and without padding.
      return Base64.getDecoder()
          .decode(base64.replace('-', '+').replace('_', '/').replace("=", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
