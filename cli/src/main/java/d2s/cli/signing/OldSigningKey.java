package d2s.cli.signing;

import java.util.Base64;

/**
 * A key that signs no longer, but must stay published so that other servers can verify old events.
 *
 * @param keyId e.g. {@code ed25519:abc}
 * @param publicKey unpadded base64
 * @param expired when it was last used, ms since 1970
 */
public record OldSigningKey(String keyId, String publicKey, long expired) {

  private static final String PREFIX = "ed25519:";
  private static final int LENGTH = 32;

  /**
   * @param publicKey base64 in any of its forms, as Dendrite reads it
   * @throws InvalidSigningKeyException if Synapse could not publish it
   */
  public static OldSigningKey of(String keyId, String publicKey, long expired)
      throws InvalidSigningKeyException {
    if (!keyId.startsWith(PREFIX)) {
      throw new InvalidSigningKeyException(
          "its key_id \"" + keyId + "\" does not begin with \"ed25519:\"");
    }
    byte[] bytes;
    try {
      bytes =
          Base64.getDecoder()
              .decode(publicKey.replace('-', '+').replace('_', '/').replaceAll("=+$", ""));
    } catch (IllegalArgumentException e) {
      throw new InvalidSigningKeyException("its public_key is not base64");
    }
    if (bytes.length != LENGTH) {
      throw new InvalidSigningKeyException(
          "its public_key is " + bytes.length + " bytes long; it must be " + LENGTH);
    }
    return new OldSigningKey(
        keyId, Base64.getEncoder().withoutPadding().encodeToString(bytes), expired);
  }
}
