package d2s.matrix.encryption;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The public half of an Ed25519 key. */
final class PublicKey {

  private static final int LENGTH = 32;

  /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
  private static final byte[] X509_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private final byte[] bytes;
  private final java.security.PublicKey key;

  private PublicKey(byte[] bytes, java.security.PublicKey key) {
    this.bytes = bytes;
    this.key = key;
  }

  /** Reads the base64 of a key, in any of its usual forms; empty if it is none. */
  static Optional<PublicKey> of(String base64) {
    byte[] bytes = decode(base64);
    if (bytes == null || bytes.length != LENGTH) {
      return Optional.empty();
    }
    byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + LENGTH);
    System.arraycopy(bytes, 0, encoded, X509_PREFIX.length, LENGTH);
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return Optional.of(
          new PublicKey(bytes, factory.generatePublic(new X509EncodedKeySpec(encoded))));
    } catch (GeneralSecurityException e) {
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
    if (signature == null) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // Not a point of the curve, or not the length of a signature.
      return false;
    }
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
