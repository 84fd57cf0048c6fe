package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.command.ConfigCommandTest;
import d2s.cli.sandbox.ExternalCommand;
import d2s.cli.sandbox.SynapseInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Synapse reads what {@code d2s keys} and {@code d2s config} have written. */
@Tag("synapse")
class ConfigIT {

  private static final String PEM =
      """
      -----BEGIN MATRIX PRIVATE KEY-----
      Key-ID: ed25519:abc_1

      nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=
      -----END MATRIX PRIVATE KEY-----
      """;

  private static final String READ =
      """
      import sys
      from synapse.config.homeserver import HomeServerConfig
      config = HomeServerConfig.load_config("test", ["-c", sys.argv[1]])
      key = config.key.signing_key[0]
      print(key.alg, key.version, "old:", *config.key.old_signing_keys)
      print(config.server.server_name, config.server.public_baseurl, config.media.max_upload_size)
      """;

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(directory.resolve("matrix_key.pem"), PEM);
    Files.writeString(directory.resolve("dendrite.yaml"), ConfigCommandTest.FULL);
    Files.writeString(
        directory.resolve("bridge.yaml"),
        """
        id: bridge
        url: null
        as_token: a
        hs_token: b
        sender_localpart: bridge
        namespaces: {}
        """);
  }

  @Test
  void synapseTakesEverySetting() throws IOException {
    Path yaml = directory.resolve("homeserver.yaml");
    CommandLineRun config =
        CommandLineRun.of(
            "config",
            "--dendrite-config",
            directory.resolve("dendrite.yaml").toString(),
            "--output",
            yaml.toString(),
            "--synapse-media-path",
            directory.resolve("media").toString());
    CommandLineRun keys =
        CommandLineRun.of(
            "keys",
            "--dendrite-config",
            directory.resolve("dendrite.yaml").toString(),
            "--synapse-key",
            directory.resolve("signing.key").toString());
    assertThat(config.exitCode()).as(config.all()).isZero();
    assertThat(keys.exitCode()).as(keys.all()).isZero();

    Path script = Files.writeString(directory.resolve("read.py"), READ);
    Path log = directory.resolve("read.log");
    ExternalCommand read =
        ExternalCommand.run(
            List.of(
                SynapseInstallation.atDefaultPlace()
                    .directory()
                    .resolve("bin")
                    .resolve("python")
                    .toString(),
                script.toString(),
                yaml.toString()),
            log,
            Duration.ofMinutes(1));

    assertThat(read.succeeded()).as(Files.readString(log)).isTrue();
    assertThat(Files.readString(log))
        .contains("ed25519 abc_1 old: ed25519:mykeyid")
        .contains("example.org https://matrix.example.org/ 1073741824");
  }
}
