package d2s.singlesignon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.Main;
import d2s.cli.sandbox.SynapseConfiguration;
import d2s.cli.sandbox.SynapseDatabase;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user logs in by single sign-on: first into an account that is made by accident, because nothing
 * links the old one; after {@code d2s link-oidc} into the old one.
 */
@Tag("synapse")
class SingleSignOnIT {

  private static final String KEY = "ed25519 abc_1 nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

  @TempDir private Path directory;

  @Test
  void aLinkedUserLogsInToTheOldAccount() throws Exception {
    SynapseInstallation installation = SynapseInstallation.atDefaultPlace();
    OidcInstallation oidc = OidcInstallation.get(installation);
    int synapsePort = freePort();
    int providerPort = freePort();
    URI synapse = URI.create("http://127.0.0.1:" + synapsePort + "/");
    TestDatabase database = TestPostgres.createDatabase("sso");
    SynapseDatabase connection =
        new SynapseDatabase(
            database.host(), database.port(), database.name(), database.user(), "unused");
    installation.initialise(connection, "x.example", directory.resolve("tables"));
    database.execute(
        "insert into users (name, creation_ts) values ('@alexander:x.example', 1600000000)");
    Path yaml = configure(connection, synapse, providerPort);
    Process provider =
        start(
            List.of(
                "node",
                "provider.mjs",
                String.valueOf(providerPort),
                synapse + "_synapse/client/oidc/callback"),
            oidc.directory(),
            oidc,
            "provider.log");
    try {
      await(URI.create("http://127.0.0.1:" + providerPort + "/jwks"), provider, "provider.log");

      assertThat(logIn(installation, oidc, yaml, synapse)).isEqualTo("@alexander1:x.example");

      Path links = Files.writeString(directory.resolve("links.csv"), "alexander,oidc-test,4711\n");
      String[] command = {
        "link-oidc", links.toString(), "--synapse-config", yaml.toString(), "--replace"
      };
      assertThat(Main.run(command)).isZero();
      assertThat(database.rows("select user_id from user_external_ids"))
          .containsExactly("@alexander:x.example");

      assertThat(logIn(installation, oidc, yaml, synapse)).isEqualTo("@alexander:x.example");
    } finally {
      stop(provider);
      database.drop();
    }
  }

  private Path configure(SynapseDatabase connection, URI synapse, int providerPort)
      throws IOException {
    return SynapseConfiguration.forService("x.example", connection, KEY)
        .with("public_baseurl", synapse.toString())
        .with(
            "listeners",
            List.of(
                Map.of(
                    "port",
                    synapse.getPort(),
                    "type",
                    "http",
                    "bind_addresses",
                    List.of("127.0.0.1"),
                    "resources",
                    List.of(Map.of("names", List.of("client"))))))
        .with("macaroon_secret_key", "of-no-use-outside-this-test")
        .with("form_secret", "of-no-use-outside-this-test")
        .with(
            "oidc_providers",
            List.of(
                Map.of(
                    "idp_id",
                    "test",
                    "idp_name",
                    "Test",
                    "issuer",
                    "http://127.0.0.1:" + providerPort,
                    "skip_verification",
                    true,
                    "client_id",
                    "synapse",
                    "client_secret",
                    "of-no-use-outside-this-test",
                    "scopes",
                    List.of("openid", "profile"),
                    "user_mapping_provider",
                    Map.of(
                        "config", Map.of("localpart_template", "{{ user.preferred_username }}")))))
        .write(directory.resolve("synapse"));
  }

  /** Starts Synapse, logs in as 4711, stops it, and says who one was. */
  private String logIn(
      SynapseInstallation installation, OidcInstallation oidc, Path yaml, URI synapse)
      throws IOException, InterruptedException {
    Process process =
        start(
            List.of(installation.homeserverProgram().toString(), "--config-path", yaml.toString()),
            directory,
            oidc,
            "synapse.log");
    try {
      await(synapse.resolve("health"), process, "synapse.log");
      String token =
          new Browser()
              .login(
                  synapse.resolve(
                      "_matrix/client/v3/login/sso/redirect/oidc-test?redirectUrl=http://127.0.0.1/app"),
                  "4711");
      HttpResponse<String> login =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(synapse.resolve("_matrix/client/v3/login"))
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "{\"type\":\"m.login.token\",\"token\":\"" + token + "\"}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
      return new ObjectMapper().readTree(login.body()).path("user_id").asText();
    } finally {
      stop(process);
    }
  }

  private Process start(List<String> command, Path folder, OidcInstallation oidc, String log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve(log).toFile()));
    builder.environment().put("PYTHONPATH", oidc.python().toString());
    return builder.start();
  }

  private void await(URI address, Process process, String log)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(90));
    HttpRequest question = HttpRequest.newBuilder(address).build();
    while (true) {
      try {
        HttpClient.newHttpClient().send(question, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException e) {
        assertThat(process.isAlive() && Instant.now().isBefore(end))
            .as(Files.readString(directory.resolve(log)))
            .isTrue();
        Thread.sleep(200);
      }
    }
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
