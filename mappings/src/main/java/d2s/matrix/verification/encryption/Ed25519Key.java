package d2s.matrix.verification.encryption;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** A public key that signatures are verified with. */
final class Ed25519Key {

  private static final int LENGTH = 32;

  /** The X.509 form of a key up to the key itself (RFC 8410). */
  private static final String X509 = "302a300506032b6570032100";

  private final PublicKey key;
  private final String base64;

  private Ed25519Key(PublicKey key, String base64) {
    this.key = key;
    this.base64 = base64;
  }

  /** The key itself. */
  String base64() {
    return base64;
  }

  /** Empty if the text is no key. */
  static Optional<Ed25519Key> of(String base64) {
    byte[] bytes = decode(base64);
    if (bytes == null || bytes.length != LENGTH) {
      return Optional.empty();
    }
    byte[] encoded = HexFormat.of().parseHex(X509 + HexFormat.of().formatHex(bytes));
    try {
      return Optional.of(
          new Ed25519Key(
              KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)),
              Base64.getEncoder().encodeToString(bytes)));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

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
      return false;
    }
  }

  /** Unpadded standard base64 of whatever form of base64 a text has; the text itself if none. */
  static String normal(String base64) {
    byte[] bytes = decode(base64);
    return bytes == null ? base64 : Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String base64) {
    try {
      String standard = base64.replace('-', '+').replace('_', '/');
      return Base64.getDecoder().decode(standard.replaceAll("=+$", ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
