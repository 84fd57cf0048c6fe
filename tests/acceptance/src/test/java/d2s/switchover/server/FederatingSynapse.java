package d2s.switchover.server;

import d2s.acceptance.server.SynapseServer;
import d2s.cli.sandbox.SynapseDatabase;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Configures a Synapse that reaches, and is reached by, other servers on the loopback interface.
 */
public final class FederatingSynapse {
  private FederatingSynapse() {}

  /**
   * Writes the configuration, without starting the server.
   *
   * @param signingKeyLine content of Synapse's signing key file
   * @param directory for configuration, media and logs
   */
  public static SynapseServer configure(
      SynapseInstallation installation,
      Endpoint endpoint,
      TestDatabase database,
      String signingKeyLine,
      Certificate certificate,
      Path directory)
      throws IOException {
    SynapseServer server =
        SynapseServer.configure(
            installation,
            endpoint.serverName(),
            database(database),
            signingKeyLine,
            directory,
            endpoint.clientPort());
    Map<String, Object> federation =
        new HashMap<>(SynapseServer.listener(endpoint.federationPort()));
    federation.put("tls", true);
    federation.put("resources", List.of(Map.of("names", List.of("federation"), "compress", false)));
    server.set("listeners", List.of(clients(endpoint), federation));
    server.set("tls_certificate_path", certificate.certificate().toString());
    server.set("tls_private_key_path", certificate.key().toString());
    server.set("federation_verify_certificates", false);
    server.set("ip_range_blacklist", List.of());
    // A server that was away is asked again at once.
    server.set(
        "federation",
        Map.of(
            "destination_min_retry_interval", "1s",
            "destination_retry_multiplier", 1,
            "destination_max_retry_interval", "1s"));
    server.set("enable_registration", true);
    server.set("enable_registration_without_verification", true);
    server.set("registration_shared_secret", Endpoint.REGISTRATION_SECRET);
    server.set("dynamic_thumbnails", true);
    server.set("allow_public_rooms_over_federation", true);
    server.set("user_directory", Map.of("enabled", true));
    return server;
  }

  /**
   * Lets other servers in by another way than TLS at the endpoint: whoever listens there hands
   * through what they ask.
   *
   * @param port where to listen for that, plain HTTP
   */
  public static void letIn(SynapseServer server, Endpoint endpoint, int port) throws IOException {
    Map<String, Object> federation = new HashMap<>(SynapseServer.listener(port));
    federation.put("resources", List.of(Map.of("names", List.of("federation"), "compress", false)));
    server.set("listeners", List.of(clients(endpoint), federation));
  }

  private static Map<String, Object> clients(Endpoint endpoint) {
    Map<String, Object> clients = new HashMap<>(SynapseServer.listener(endpoint.clientPort()));
    clients.put(
        "resources", List.of(Map.of("names", List.of("client", "keys"), "compress", false)));
    return clients;
  }

  public static SynapseDatabase database(TestDatabase database) {
    return new SynapseDatabase(
        database.host(), database.port(), database.name(), database.user(), database.password());
  }
}
