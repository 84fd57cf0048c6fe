package d2s.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container file of a release becomes an image in which d2s runs, with a cache of Java. It
 * needs buildah and a base, which {@code -Dcontainer.base=IMAGE} names:
 * docs/development/packaging.md.
 */
class ContainerIT {

  private static final String IMAGE = "localhost/d2s-container-it";

  @TempDir private Path directory;
  private String container = "";

  @Test
  void runsAsItsOwnUserWithACache() throws Exception {
    String base = System.getProperty("container.base", "");
    assumeTrue(!base.isEmpty(), "no base is named: -Dcontainer.base=IMAGE, with Java 25 in it");
    assumeTrue(hasBuildah(), "there is no buildah on the PATH");
    Path folder = unpack();

    run(
        folder,
        "buildah",
        "bud",
        "--build-arg",
        "BASE=" + base,
        "-f",
        "Containerfile",
        "-t",
        IMAGE,
        ".");
    container = run(folder, "buildah", "from", IMAGE).strip();

    assertThat(inContainer("id", "-un")).isEqualTo("d2s\n");
    assertThat(inContainer("/opt/d2s/d2s", "--version")).startsWith("d2s ");
    // It starts a PostgreSQL, which refuses to run as root.
    assertThat(inContainer("/opt/d2s/d2s", "check"))
        .contains("No problems in")
        .doesNotContain("preparing");
    assertThat(inContainer("sh", "-c", "wc -c </opt/d2s/d2s.aot").strip()).isNotEqualTo("0");
  }

  @AfterEach
  void remove() throws Exception {
    if (!container.isEmpty()) {
      run(directory, "buildah", "rm", container);
      run(directory, "buildah", "rmi", IMAGE);
    }
  }

  private Path unpack() throws IOException, InterruptedException {
    Path release = Path.of("target", "release").toAbsolutePath();
    run(
        release,
        "sh",
        "-c",
        "tar --extract --gzip --file d2s-*.tar.gz --directory '" + directory + "'");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("d2s-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean hasBuildah() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "buildah")));
  }

  private String inContainer(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("buildah", "run", container, "--"));
    words.addAll(List.of(command));
    return run(directory, words.toArray(String[]::new));
  }

  private String run(Path folder, String... command) throws IOException, InterruptedException {
    Path log = directory.resolve("command.log");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(15, TimeUnit.MINUTES);
    String said = Files.readString(log);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command) + "\n" + said).isZero();
    return said;
  }
}
