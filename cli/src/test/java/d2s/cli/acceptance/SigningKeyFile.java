package d2s.cli.acceptance;

import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns Dendrite's signing key file into Synapse's. */
public final class SigningKeyFile {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN MATRIX PRIVATE KEY-----\\s+Key-ID:\\s*ed25519:(\\w+)\\s+"
              + "([A-Za-z0-9+/=\\s]+?)-----END MATRIX PRIVATE KEY-----");

  private static final int SEED_BYTES = 32;

  private SigningKeyFile() {}

  /**
   * The line that Synapse wants: algorithm, version, seed.
   *
   * @param pem Dendrite's file: PEM with a {@code Key-ID} header, body the padded base64 of the
   *     seed, of which the first 32 bytes count
   */
  public static String toSynapse(String pem) {
    Matcher matcher = PEM.matcher(pem);
    if (!matcher.find()) {
      throw new IllegalArgumentException("not a Dendrite signing key file");
    }
    byte[] body = Base64.getMimeDecoder().decode(matcher.group(2));
    byte[] seed = Arrays.copyOf(body, SEED_BYTES);
    return "ed25519 "
        + matcher.group(1)
        + " "
        + Base64.getEncoder().withoutPadding().encodeToString(seed);
  }
}
