package d2s.switchover.server;

import d2s.acceptance.server.Homeserver;
import d2s.switchover.store.DendriteStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.yaml.snakeyaml.Yaml;

/**
 * A real Dendrite on the loopback interface: plain HTTP for clients, TLS for other servers, its
 * message broker inside, everything it keeps in one directory and its databases.
 */
public final class DendriteServer implements Homeserver, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** A key that it signed with before; of the key itself only the public half is left. */
  private static final Map<String, Object> OLD_KEY =
      Map.of(
          "public_key",
          "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo",
          "key_id",
          "ed25519:before",
          "expired_at",
          1_600_000_000_000L);

  /** Local part of the user in whose name the server speaks to its users. */
  public static final String NOTICES_SENDER = "_server";

  private final DendriteInstallation installation;
  private final Endpoint endpoint;
  private final Certificate certificate;
  private final Path directory;
  private final Path log;
  private Process process;

  private DendriteServer(
      DendriteInstallation installation,
      Endpoint endpoint,
      Certificate certificate,
      Path directory) {
    this.installation = installation;
    this.endpoint = endpoint;
    this.certificate = certificate;
    this.directory = directory;
    this.log = directory.resolve("dendrite.log");
  }

  /**
   * Makes the signing key and the configuration, without starting the server.
   *
   * @param identityServer the one to trust, name and port
   */
  public static DendriteServer configure(
      DendriteInstallation installation,
      Endpoint endpoint,
      DendriteStore store,
      Certificate certificate,
      String identityServer,
      Path directory)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    DendriteServer server = new DendriteServer(installation, endpoint, certificate, directory);
    Tool.run(
        List.of(
            installation.keyGenerator().toString(),
            "--private-key",
            server.signingKey().toString()),
        directory,
        Map.of(),
        directory.resolve("key.log"),
        PATIENCE);
    Files.writeString(
        server.configuration(), new Yaml().dump(server.settings(store, identityServer)));
    return server;
  }

  /** The file {@code matrix_key.pem}. */
  Path signingKey() {
    return directory.resolve("matrix_key.pem");
  }

  /** The file {@code dendrite.yaml}. */
  public Path configuration() {
    return directory.resolve("dendrite.yaml");
  }

  /** The directory of the media files. */
  public Path media() {
    return directory.resolve("media");
  }

  @Override
  public URI address() {
    return endpoint.clients();
  }

  /** Starts the server and waits until it serves. */
  public void start() throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                installation.server().toString(),
                "--config",
                configuration().toString(),
                "--http-bind-address",
                "127.0.0.1:" + endpoint.clientPort(),
                "--https-bind-address",
                "127.0.0.1:" + endpoint.federationPort(),
                "--tls-cert",
                certificate.certificate().toString(),
                "--tls-key",
                certificate.key().toString(),
                "--really-enable-open-registration")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!endpoint.answers("/_matrix/client/versions")) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        process.destroyForcibly();
        throw new AssertionError("Dendrite did not start; it said:\n" + Files.readString(log));
      }
      Thread.sleep(100);
    }
  }

  /** Asks the server to stop and waits until it has. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("Dendrite did not stop when it was asked to");
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private Map<String, Object> settings(DendriteStore store, String identityServer) {
    Map<String, Object> settings = new HashMap<>(settings(identityServer));
    store
        .settings()
        .forEach(
            (section, own) -> {
              Map<String, Object> all = new HashMap<>(own);
              if (settings.get(section) instanceof Map<?, ?> others) {
                others.forEach((key, value) -> all.put((String) key, value));
              }
              settings.put(section, all);
            });
    return settings;
  }

  private Map<String, Object> settings(String identityServer) {
    return Map.of(
        "version",
        2,
        "global",
        Map.of(
            "server_name",
            endpoint.serverName(),
            "private_key",
            signingKey().toString(),
            "old_private_keys",
            List.of(OLD_KEY),
            "jetstream",
            Map.of("storage_path", directory.resolve("jetstream").toString()),
            "presence",
            Map.of("enable_inbound", true, "enable_outbound", true),
            "trusted_third_party_id_servers",
            List.of(identityServer),
            "server_notices",
            Map.of(
                "enabled",
                true,
                "local_part",
                NOTICES_SENDER,
                "display_name",
                "The server",
                "room_name",
                "The server")),
        "client_api",
        Map.of(
            "registration_disabled",
            false,
            "registration_shared_secret",
            Endpoint.REGISTRATION_SECRET,
            "rate_limiting",
            Map.of("enabled", false)),
        "federation_api",
        Map.of(
            "disable_tls_validation",
            true,
            "key_perspectives",
            List.of(),
            "deny_networks",
            List.of(),
            "allow_networks",
            List.of("127.0.0.0/8", "::1/128")),
        "media_api",
        Map.of(
            "base_path",
            media().toString(),
            "dynamic_thumbnails",
            true,
            "thumbnail_sizes",
            List.of(
                Map.of("width", 32, "height", 32, "method", "crop"),
                Map.of("width", 320, "height", 240, "method", "scale"))),
        "sync_api",
        Map.of(
            "search",
            Map.of("enabled", true, "index_path", directory.resolve("search").toString())),
        "user_api",
        Map.of("bcrypt_cost", 4),
        "logging",
        List.of(Map.of("type", "std", "level", "info")));
  }
}
