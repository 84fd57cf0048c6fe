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
  void unpacksToAProgramThatRuns() throws Exception {
    Path release = Path.of("target", "release").toAbsolutePath();
    assertThat(run(release, "sha256sum", "--check", "SHA256SUMS")).contains("d2s.jar: OK");
    Path archive;
    try (Stream<Path> files = Files.list(release)) {
      archive = files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow();
    }
    run(
        release,
        "tar",
        "--extract",
        "--gzip",
        "--file",
        archive.toString(),
        "--directory",
        directory.toString());

    Path folder = directory.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
    assertThat(folder.resolve("d2s")).isExecutable();
    assertThat(folder.resolve("man/man1/d2s-migrate.1")).isNotEmptyFile();
    assertThat(folder.resolve("completion/d2s.bash")).isNotEmptyFile();
    assertThat(folder.resolve("docs/guide/migrating.md")).isNotEmptyFile();
    assertThat(Files.readString(folder.resolve("Containerfile"))).contains("COPY d2s d2s.jar");
    assertThat(run(folder, "./d2s", "--version")).startsWith("d2s ");
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
