package d2s.switchover.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS for servers inside the test itself, with a certificate that nobody vouches for. */
public final class LoopbackTls {
  private static final String PASSWORD = "of-no-use-outside-this-test";

  private LoopbackTls() {}

  /**
   * Makes a certificate.
   *
   * @param directory receives it, with its key
   */
  public static SSLContext make(Path directory) throws IOException, InterruptedException {
    Path file = directory.resolve("loopback.p12");
    Tool.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-alias",
            "loopback",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString()),
        directory,
        Map.of(),
        directory.resolve("keytool.log"),
        Duration.ofMinutes(1));
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java does not take the certificate that it has made", e);
    }
  }
}
