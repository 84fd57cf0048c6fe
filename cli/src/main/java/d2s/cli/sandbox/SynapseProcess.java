package d2s.cli.sandbox;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A running Synapse that only this machine can reach, on a port that was free. Nothing it does
 * reaches another machine.
 */
public final class SynapseProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long ASK_EVERY_MILLIS = 100;
  private static final long STOP_SECONDS = 10;

  private final Process process;
  private final Path log;
  private final URI address;

  private SynapseProcess(Process process, Path log, URI address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  /**
   * Starts a server without waiting for it.
   *
   * @param configuration is completed with what the process needs and written to the directory
   * @param directory takes the configuration, the log and the media
   */
  public static SynapseProcess start(
      SynapseInstallation installation, SynapseConfiguration configuration, Path directory)
      throws IOException {
    int port = freePort();
    Path file =
        configuration
            .with("listeners", List.of(listener(port)))
            .with("ip_range_blacklist", List.of("0.0.0.0/0", "::/0"))
            .write(directory);
    Path log = directory.resolve("synapse.log");
    Process process =
        new ProcessBuilder(
                installation.homeserverProgram().toString(), "--config-path", file.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new SynapseProcess(process, log, URI.create("http://127.0.0.1:" + port));
  }

  /** The base address for clients. */
  public URI address() {
    return address;
  }

  /**
   * Waits until the server answers.
   *
   * @throws SynapseUnavailableException if it ends, or does not answer in time; the message quotes
   *     the last line that it said
   */
  public void awaitAnswer() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest question =
        HttpRequest.newBuilder(address.resolve("/health")).timeout(Duration.ofSeconds(5)).build();
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!answers(client, question)) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new SynapseUnavailableException(
            "Synapse did not start on the migrated database; the last it said: " + lastLine());
      }
      Thread.sleep(ASK_EVERY_MILLIS);
    }
  }

  /** The lines of level ERROR or CRITICAL that the server has logged so far. */
  public List<String> errors() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(" - ERROR - ") || line.contains(" - CRITICAL - "))
        .toList();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static boolean answers(HttpClient client, HttpRequest question)
      throws InterruptedException {
    try {
      return client.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private String lastLine() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .orElse("nothing");
  }

  private static Map<String, Object> listener(int port) {
    return Map.of(
        "port",
        port,
        "type",
        "http",
        "bind_addresses",
        List.of("127.0.0.1"),
        "resources",
        List.of(Map.of("names", List.of("client"), "compress", false)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
