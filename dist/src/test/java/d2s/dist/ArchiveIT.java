package d2s.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody gets who unpacks the archive, as the guide says. */
class ArchiveIT {

  @TempDir private Path directory;

  @Test
  void unpacksToAProgramThatRunsAsTheGuideSays() throws Exception {
    Path release = Path.of("target", "release").toAbsolutePath();
    String guide = Files.readString(Path.of("..", "docs", "guide", "before-you-begin.md"));
    Path programs = Files.createDirectories(directory.resolve("usr/local/bin"));
    Files.createDirectory(directory.resolve("opt"));
    Path apt = Files.writeString(programs.resolve("apt"), "#!/bin/sh\n");
    assertThat(apt.toFile().setExecutable(true)).isTrue();

    String said = run(release, "bash", "-euc", block(guide, "sha256sum"));

    assertThat(said).contains("d2s.jar: OK", ".tar.gz: OK").contains("\nd2s ");
    assertThat(run(release, "bash", "-euc", block(guide, "java -jar"))).startsWith("d2s ");
    Path folder;
    try (Stream<Path> files = Files.list(directory.resolve("opt"))) {
      folder = files.findFirst().orElseThrow();
    }
    assertThat(folder.resolve("d2s")).isExecutable();
    assertThat(folder.resolve("man/man1/d2s-migrate.1")).isNotEmptyFile();
    assertThat(folder.resolve("completion/d2s.bash")).isNotEmptyFile();
    assertThat(folder.resolve("docs/guide/migrating.md")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("Containerfile"))).contains("COPY d2s d2s.jar");
  }

  /** The block of the guide with this text; /opt and /usr/local are below the test's directory. */
  private String block(String page, String part) {
    for (String block : page.split("```sh\n")) {
      String commands = block.substring(0, Math.max(0, block.indexOf("```")));
      if (commands.contains(part)) {
        return "PATH=%s:$PATH\n%s"
            .formatted(
                directory.resolve("usr/local/bin"),
                commands
                    .replace(" /opt", " " + directory + "/opt")
                    .replace(" /usr/local", " " + directory + "/usr/local"));
      }
    }
    throw new AssertionError("no block has " + part);
  }

  private static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
