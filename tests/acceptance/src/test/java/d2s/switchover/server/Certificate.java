package d2s.switchover.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A TLS certificate that nobody vouches for.
 *
 * @param certificate PEM
 * @param key PEM
 */
public record Certificate(Path certificate, Path key) {
  private static final String KEY_BITS = "2048";

  public static Certificate make(DendriteInstallation dendrite, Path directory)
      throws IOException, InterruptedException {
    Certificate made = new Certificate(directory.resolve("tls.crt"), directory.resolve("tls.key"));
    Tool.run(
        List.of(
            dendrite.keyGenerator().toString(),
            "--tls-cert",
            made.certificate.toString(),
            "--tls-key",
            made.key.toString(),
            "--keysize",
            KEY_BITS),
        directory,
        Map.of(),
        directory.resolve("certificate.log"),
        Duration.ofMinutes(1));
    return made;
  }
}
