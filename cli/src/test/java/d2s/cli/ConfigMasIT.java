package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.command.ConfigCommandTest;
import d2s.cli.sandbox.ExternalCommand;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Synapse starts with what {@code d2s config --mas} writes, from a Dendrite whose settings
 * forbid that: open registration, a captcha, guests. No Matrix Authentication Service runs, so that
 * nobody can log in.
 */
@Tag("synapse")
class ConfigMasIT {

  @TempDir private Path directory;

  @Test
  void synapseStarts() throws Exception {
    Files.writeString(directory.resolve("dendrite.yaml"), ConfigCommandTest.FULL);
    Files.writeString(
        directory.resolve("bridge.yaml"),
        "{id: bridge, url: null, as_token: a, hs_token: b, sender_localpart: bridge, namespaces: {}}");
    Files.writeString(
        directory.resolve("signing.key"),
        "ed25519 abc_1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\n");
    TestDatabase database = TestPostgres.createDatabase("mas");
    Path yaml = directory.resolve("homeserver.yaml");
    CommandLineRun config =
        CommandLineRun.of(
            "config",
            "--dendrite-config",
            directory.resolve("dendrite.yaml").toString(),
            "--synapse-db",
            CommandLineRun.connection(database),
            "--synapse-media-path",
            directory.resolve("media").toString(),
            "--mas",
            directory.resolve("mas.yaml").toString(),
            "--output",
            yaml.toString());
    assertThat(config.exitCode()).as(config.all()).isZero();
    int port = freePort();
    String text = Files.readString(yaml);
    assertThat(text).contains("port: 8008");
    Files.writeString(
        yaml, text.replace("port: 8008", "port: " + port) + "\npid_file: " + directory + "/pid\n");

    Path bin = SynapseInstallation.atDefaultPlace().directory().resolve("bin");
    Path log = directory.resolve("synapse.log");
    ExternalCommand tables =
        ExternalCommand.run(
            List.of(
                bin.resolve("update_synapse_database").toString(),
                "--database-config",
                yaml.toString(),
                "--run-background-updates"),
            log,
            Duration.ofMinutes(3));
    assertThat(tables.succeeded()).as(Files.readString(log)).isTrue();

    Process synapse =
        new ProcessBuilder(
                bin.resolve("synapse_homeserver").toString(), "--config-path", yaml.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(answer(port, "/health", synapse)).as(Files.readString(log)).isEqualTo("OK");
      assertThat(answer(port, "/_matrix/client/versions", synapse)).contains("versions");
    } finally {
      synapse.destroy();
      assertThat(synapse.waitFor(20, TimeUnit.SECONDS)).isTrue();
      database.drop();
    }
  }

  private static String answer(int port, String path, Process synapse) throws InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    Instant end = Instant.now().plus(Duration.ofSeconds(90));
    while (synapse.isAlive() && Instant.now().isBefore(end)) {
      try {
        return HttpClient.newHttpClient()
            .send(question, HttpResponse.BodyHandlers.ofString())
            .body();
      } catch (IOException e) {
        Thread.sleep(300);
      }
    }
    return "no answer";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
