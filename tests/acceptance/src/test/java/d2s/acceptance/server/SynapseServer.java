package d2s.acceptance.server;

import d2s.cli.sandbox.SynapseConfiguration;
import d2s.cli.sandbox.SynapseDatabase;
import d2s.cli.sandbox.SynapseInstallation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.yaml.snakeyaml.Yaml;

/**
 * A real Synapse on a migrated database, reachable on the loopback interface only, and unable to
 * reach anything else. It keeps its log in a file; start and stop may be repeated.
 */
public final class SynapseServer implements Homeserver, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String LOG_FORMAT =
      "%(asctime)s|%(levelname)s|%(name)s|%(request)s|%(message)s";

  /** Python may fail to log that it was asked to stop if that comes while it is logging. */
  private static final String LOG_TROUBLE = "logging during logging";

  /** Limits that no test reaches; they are about abuse, not about what is migrated. */
  private static final Map<String, Object> UNLIMITED =
      Map.of("per_second", 100_000, "burst_count", 100_000);

  private final SynapseInstallation installation;
  private final Path configuration;
  private final Path log;
  private final Path console;
  private final URI address;
  private Process process;

  private SynapseServer(
      SynapseInstallation installation, Path configuration, Path directory, URI address) {
    this.installation = installation;
    this.configuration = configuration;
    this.log = directory.resolve("synapse.log");
    this.console = directory.resolve("console.log");
    this.address = address;
  }

  /**
   * Writes the configuration, without starting the server.
   *
   * @param signingKeyLine content of Synapse's signing key file
   * @param directory an own directory for configuration, media and logs
   */
  public static SynapseServer configure(
      SynapseInstallation installation,
      String serverName,
      SynapseDatabase database,
      String signingKeyLine,
      Path directory)
      throws IOException {
    return configure(installation, serverName, database, signingKeyLine, directory, freePort());
  }

  /**
   * As above, at a port of the caller's choice.
   *
   * @param port for clients, plain HTTP
   */
  public static SynapseServer configure(
      SynapseInstallation installation,
      String serverName,
      SynapseDatabase database,
      String signingKeyLine,
      Path directory,
      int port)
      throws IOException {
    Files.createDirectories(directory);
    Path logConfiguration = directory.resolve("log.yaml");
    Files.writeString(logConfiguration, logConfiguration(directory.resolve("synapse.log")));
    SynapseConfiguration settings =
        SynapseConfiguration.forService(serverName, database, signingKeyLine)
            .with("listeners", List.of(listener(port)))
            .with("log_config", logConfiguration.toAbsolutePath().toString())
            .with("presence", Map.of("enabled", true))
            // Two equal questions get two answers, whatever happened in between.
            .with("caches", Map.of("sync_response_cache_duration", "0s"))
            .with("bcrypt_rounds", 4)
            .with("macaroon_secret_key", "of-no-use-outside-this-test")
            .with("form_secret", "of-no-use-outside-this-test")
            // Federation is on, as on the migrated server, but no other machine can be reached.
            .with("ip_range_blacklist", List.of("0.0.0.0/0", "::/0"))
            .with("ip_range_whitelist", List.of("127.0.0.0/8"));
    for (String limit :
        List.of(
            "rc_message",
            "rc_registration",
            "rc_admin_redaction",
            "rc_joins_per_room",
            "rc_third_party_invite",
            "rc_presence",
            "rc_knock")) {
      settings.with(limit, UNLIMITED);
    }
    settings
        .with(
            "rc_login",
            Map.of("address", UNLIMITED, "account", UNLIMITED, "failed_attempts", UNLIMITED))
        .with("rc_joins", Map.of("local", UNLIMITED, "remote", UNLIMITED))
        .with(
            "rc_invites",
            Map.of("per_room", UNLIMITED, "per_user", UNLIMITED, "per_issuer", UNLIMITED));
    return new SynapseServer(
        installation, settings.write(directory), directory, URI.create("http://127.0.0.1:" + port));
  }

  /** Changes one top-level setting; it counts from the next start on. */
  public void set(String setting, Object value) throws IOException {
    Map<String, Object> settings = new Yaml().load(Files.readString(configuration));
    settings.put(setting, value);
    Files.writeString(configuration, new Yaml().dump(settings));
  }

  /** Starts the server and waits until it serves. */
  public void start() throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                installation.homeserverProgram().toString(),
                "--config-path",
                configuration.toString())
            .directory(configuration.getParent().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(console.toFile()))
            .start();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!isHealthy()) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        process.destroyForcibly();
        throw new AssertionError(
            "Synapse did not start; it said:\n" + tail(console) + "\n" + tail(log));
      }
      Thread.sleep(100);
    }
  }

  /** Asks the server to stop and waits until it has. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("Synapse did not stop when it was asked to");
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public URI address() {
    return address;
  }

  /** The text of the log since the first start. */
  public String log() throws IOException {
    return read(log);
  }

  /**
   * Every entry of level ERROR or CRITICAL since the first start, with the traceback below it, and
   * everything that went to the console instead of the log.
   */
  public List<String> errorsInLog() throws IOException {
    List<String> errors = new ArrayList<>();
    boolean inError = false;
    for (String line : read(log).lines().toList()) {
      String[] parts = line.split("\\|", 3);
      boolean startsEntry = parts.length == 3 && parts[1].matches("[A-Z]+");
      if (startsEntry) {
        inError = parts[1].equals("ERROR") || parts[1].equals("CRITICAL");
      }
      if (inError) {
        errors.add(line);
      }
    }
    read(console)
        .lines()
        .filter(line -> line.contains("Traceback") && !line.startsWith(LOG_TROUBLE))
        .forEach(errors::add);
    return errors;
  }

  private boolean isHealthy() throws InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/health")).timeout(Duration.ofSeconds(5)).build();
      return HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** A listener for clients and other servers, as {@code listeners} wants it. */
  public static Map<String, Object> listener(int port) {
    return Map.of(
        "port",
        port,
        "type",
        "http",
        "bind_addresses",
        List.of("127.0.0.1"),
        "resources",
        List.of(Map.of("names", List.of("client", "federation"), "compress", false)));
  }

  private static String logConfiguration(Path log) {
    return new Yaml()
        .dump(
            Map.of(
                "version",
                1,
                "formatters",
                Map.of("plain", Map.of("format", LOG_FORMAT)),
                "handlers",
                Map.of(
                    "file",
                    Map.of(
                        "class", "logging.FileHandler",
                        "formatter", "plain",
                        "filename", log.toAbsolutePath().toString(),
                        "encoding", "utf8")),
                "root",
                Map.of("level", "INFO", "handlers", List.of("file")),
                "disable_existing_loggers",
                false));
  }

  /** A port of the loopback interface that nobody uses. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String tail(Path file) throws IOException {
    List<String> lines = read(file).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
  }
}
