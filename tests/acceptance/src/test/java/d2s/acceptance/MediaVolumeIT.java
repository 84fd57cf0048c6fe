package d2s.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.acceptance.recording.SqlDump;
import d2s.acceptance.recording.TarArchive;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

/** {@code d2s media} on the thousands of files of a large server, killed on the way. */
class MediaVolumeIT {

  /** A large recording that does not ship with the project; beside a checkout, or given. */
  private static final Path VOLUME =
      Path.of(System.getProperty("d2s.volume", "../../../shared/data/volume"));

  private static final int MEDIA = 2747;
  private static final int THUMBNAILS = 3300;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @TempDir Path directory;

  @Test
  void aKilledRunIsCompletedByTheNextAndTheThirdCopiesNothing() throws Exception {
    Path archive = VOLUME.resolve("media.tar.xz");
    assumeTrue(Files.exists(archive), () -> "there is no large recording at " + archive);
    TarArchive.unpack(new XZInputStream(Files.newInputStream(archive)), directory);
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    try (Connection connection = dendrite.connect()) {
      SqlDump.load(VOLUME.resolve("dendrite.sql.xz"), connection);
    }

    Process killed = start(dendrite, "killed.json");
    while (finishedFiles() < 500) {
      assertThat(killed.isAlive()).as("the run goes on").isTrue();
      Thread.sleep(20);
    }
    killed.destroyForcibly().waitFor();
    long before = finishedFiles();

    JsonNode second = finish(start(dendrite, "second.json"), "second.json");
    JsonNode third = finish(start(dendrite, "third.json"), "third.json");

    System.out.printf(
        "Media of a large server: killed after %d files, completed in %.1f s, looked through in"
            + " %.1f s%n",
        before, second.path("seconds").asDouble(), third.path("seconds").asDouble());
    assertThat(before).isBetween(500L, (long) MEDIA + THUMBNAILS - 1);
    assertThat(sum(second, "unchanged")).isGreaterThanOrEqualTo(before);
    assertThat(sum(second, "copied") + sum(second, "unchanged")).isEqualTo(MEDIA + THUMBNAILS);
    assertThat(sum(third, "copied")).isZero();
    assertThat(third.path("files"))
        .extracting(files -> files.path("mapping").asText() + " " + files.path("unchanged"))
        .containsExactly("local_media " + MEDIA, "thumbnails " + THUMBNAILS);
    assertThat(third.path("file_problems")).isEmpty();
    assertThat(allFiles()).isEqualTo(MEDIA + THUMBNAILS);
  }

  private Process start(TestDatabase dendrite, String output) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "d2s.cli.Main",
                "media",
                "--json",
                "--strict",
                "--dendrite-db",
                dendrite.url(),
                "--dendrite-media-path",
                directory.resolve("media").toString(),
                "--synapse-media-path",
                directory.resolve("synapse").toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(output).toFile())
        .start();
  }

  private JsonNode finish(Process process, String output) throws Exception {
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    String said = Files.readString(directory.resolve(output));
    assertThat(ended).as("d2s media ended in time").isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return new ObjectMapper().readTree(said);
  }

  private static long sum(JsonNode document, String field) {
    long sum = 0;
    for (JsonNode files : document.path("files")) {
      sum += files.path(field).asLong();
    }
    return sum;
  }

  private long finishedFiles() throws IOException {
    return count("[^~].*");
  }

  private long allFiles() throws IOException {
    return count(".*");
  }

  private long count(String name) throws IOException {
    Path target = directory.resolve("synapse");
    if (!Files.exists(target)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(target)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().matches(name))
          .count();
    } catch (UncheckedIOException e) {
      // A file was renamed while its folder was read.
      return 0;
    }
  }
}
