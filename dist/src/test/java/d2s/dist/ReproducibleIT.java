package d2s.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same sources in another folder become the same files, byte for byte. */
class ReproducibleIT {

  @TempDir private Path directory;

  @Test
  void aSecondBuildGivesTheSameFiles() throws IOException, InterruptedException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    Path copy = directory.resolve("elsewhere");
    run(
        root,
        "sh",
        "-c",
        "mkdir '%1$s' && git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t '%1$s'"
            .formatted(copy));
    run(
        copy,
        "mvn",
        "-q",
        "-o",
        "-B",
        "-pl",
        "dist",
        "-am",
        "-DskipTests",
        "-Dspotless.check.skip=true",
        "package");

    Path sums = Path.of("dist", "target", "release", "SHA256SUMS");
    assertThat(copy.resolve(sums)).hasSameTextualContentAs(root.resolve(sums));
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("build", ".log");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).as("built in time").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    Files.delete(log);
  }
}
