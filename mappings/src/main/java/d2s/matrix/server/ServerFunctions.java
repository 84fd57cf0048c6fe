package d2s.matrix.server;

import d2s.engine.extension.Functions;
import java.util.Base64;

/** The functions {@code server:...} of the mapping files. */
public final class ServerFunctions implements Functions {

  private static final int ED25519_KEY_BYTES = 32;

  @Override
  public String namespace() {
    return "server";
  }

  /**
   * The bytes of an Ed25519 public key, or null if the text is not one.
   *
   * @param base64 standard Base64, with or without padding
   */
  public byte[] verifyKey(String base64) {
    if (base64 == null) {
      return null;
    }
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      return key.length == ED25519_KEY_BYTES ? key : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
