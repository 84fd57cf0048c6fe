package d2s.cli.wizard;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher without a command, at a real pseudo-terminal, runs real commands. */
class WizardIT {

  private static final String PEM =
      """
      -----BEGIN MATRIX PRIVATE KEY-----
      Key-ID: ed25519:abc_1

      nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=
      -----END MATRIX PRIVATE KEY-----
      """;

  @TempDir private Path directory;

  @Test
  void leadsThroughTheFirstSteps() throws Exception {
    Path release = Files.createDirectory(directory.resolve("release"));
    Files.copy(ProjectDirectory.root().resolve("d2s"), release.resolve("d2s"));
    assertThat(release.resolve("d2s").toFile().setExecutable(true)).isTrue();
    Files.copy(Path.of("target", "d2s.jar"), release.resolve("d2s.jar"));
    Path yaml =
        Files.writeString(
            directory.resolve("dendrite.yaml"),
            "version: 2\nglobal: { server_name: example.org, private_key: matrix_key.pem }\n");
    Files.writeString(directory.resolve("matrix_key.pem"), PEM);
    Path log = directory.resolve("screen");

    // script, of util-linux, gives the program a terminal.
    Process wizard =
        new ProcessBuilder(
                List.of("script", "--quiet", "--return", "--command", "release/d2s", "/dev/null"))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try (OutputStream keyboard = wizard.getOutputStream()) {
      answer(keyboard, log, "Where is Dendrite's configuration?", yaml.toString());
      answer(keyboard, log, "In which folder does Dendrite keep media?", "");
      answer(
          keyboard, log, "In which folder shall Synapse's configuration be?", directory.toString());
      answer(keyboard, log, "Which database", "");
      answer(keyboard, log, "In which folder shall Synapse keep media?", "");
      answer(keyboard, log, "Where does Dendrite listen", "");
      answer(keyboard, log, "Step 1 of 18", "skip");
      answer(keyboard, log, "Step 2 of 18", "y");
      answer(keyboard, log, "Step 3 of 18", "y");
      answer(keyboard, log, "Step 4 of 18", "q");
      assertThat(wizard.waitFor(60, TimeUnit.SECONDS)).as(Files.readString(log)).isTrue();
    } finally {
      wizard.destroy();
    }

    assertThat(wizard.exitValue()).as(Files.readString(log)).isZero();
    assertThat(directory.resolve("example.org.signing.key")).content().startsWith("ed25519 abc_1 ");
    assertThat(directory.resolve("homeserver.yaml")).content().contains("server_name: example.org");
    assertThat(directory.resolve("d2s-wizard.state")).content().contains("done=keys,config");
  }

  private static void answer(OutputStream keyboard, Path log, String question, String text)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(90));
    while (!screen(log).contains(question) || !screen(log).endsWith("> ")) {
      assertThat(Instant.now()).as(screen(log)).isBefore(end);
      Thread.sleep(100);
    }
    keyboard.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  private static String screen(Path log) throws IOException {
    return Files.readString(log);
  }
}
