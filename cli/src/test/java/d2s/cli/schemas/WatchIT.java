package d2s.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.ProjectDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code d2s check --watch} as a process, beside an editor. */
class WatchIT {

  private static final Path FILES =
      ProjectDirectory.root().resolve("mappings").resolve("dendrite-to-synapse");

  @TempDir private Path directory;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void aChangeIsCheckedAtOnceUntilCtrlC() throws IOException, InterruptedException {
    Path files = directory.resolve("files");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    MappingFileCopies.copy(FILES, files);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "d2s.cli.Main",
                "check",
                "--mappings",
                files.toString(),
                "--watch",
                "--format",
                "line")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(until(out, "No problems against ")).contains("Ctrl-C ends");

      Path users = files.resolve("1-accounts").resolve("users.yaml");
      String right = Files.readString(users);
      Files.writeString(users, right.replace("creation_ts:", "creation_tz:"));
      assertThat(until(out, "Changed: ")).isEqualTo("Changed: 1-accounts/users.yaml");
      assertThat(until(out, "error: "))
          .startsWith(users + ":")
          .contains("no column creation_tz in users; did you mean creation_ts?");
      until(out, "1 problem against ");

      Files.writeString(users, right);
      until(out, "No problems against ");
      // The process itself would close what it says.
      process.toHandle().destroy();
      assertThat(until(out, "The temporary PostgreSQL")).endsWith("was stopped and removed.");
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(one -> one.getFileName().toString().startsWith("d2s"))).isEmpty();
    }
  }

  private static String until(BufferedReader out, String begin) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.append(line).append('\n');
      if (line.contains(begin)) {
        return line;
      }
    }
    throw new AssertionError("it ended before it said \"" + begin + "\":\n" + said);
  }
}
