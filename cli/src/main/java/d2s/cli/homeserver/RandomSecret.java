package d2s.cli.homeserver;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Secrets that two programs share. */
public final class RandomSecret {

  private static final int BYTES = 32;

  private RandomSecret() {}

  public static String hexadecimal() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
