package d2s.matrix.verification.encryption;

import com.google.crypto.tink.subtle.Ed25519Verify;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A public key that signatures are verified with. The library is not the one that the migration
 * uses, and takes a third of the time of Java's own.
 */
final class Ed25519Key {

  private static final int LENGTH = 32;

  /** The points of small order, without the sign: everybody can sign for such a key. */
  private static final Set<String> SMALL_ORDER =
      Set.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  private final Ed25519Verify key;
  private final String base64;

  private Ed25519Key(Ed25519Verify key, String base64) {
    this.key = key;
    this.base64 = base64;
  }

  /** The key itself. */
  String base64() {
    return base64;
  }

  /** Empty if the text is no key, or one of those that Synapse's library refuses too. */
  static Optional<Ed25519Key> of(String base64) {
    byte[] bytes = decode(base64);
    if (bytes == null || bytes.length != LENGTH || isOfSmallOrder(bytes)) {
      return Optional.empty();
    }
    return Optional.of(
        new Ed25519Key(new Ed25519Verify(bytes), Base64.getEncoder().encodeToString(bytes)));
  }

  private static boolean isOfSmallOrder(byte[] key) {
    byte[] point = key.clone();
    point[LENGTH - 1] &= 0x7f;
    return SMALL_ORDER.contains(HexFormat.of().formatHex(point));
  }

  boolean verifies(byte[] message, String base64Signature) {
    byte[] signature = decode(base64Signature);
    if (signature == null) {
      return false;
    }
    try {
      key.verify(signature, message);
      return true;
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
