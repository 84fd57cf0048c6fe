package d2s.cli.command;

import static d2s.cli.CommandLineRun.connection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.CommandLineRun;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.RecordedMedia;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code d2s media} on the files of a recorded Dendrite. */
class MediaCommandTest {

  private static final String HOLIDAY =
      "4a/f0/a02721e6a16fe48a501c5562ef1341d22ce080e06f287eb5ad062ea5c9dc";
  private static final String HOLIDAY_HASH = "u/j/yWFmCIw_538oye0tBvgRTu4sLHr2ge3ILlKpqHOAg";

  private static TestDatabase dendrite;

  @TempDir private Path directory;
  private Path source;
  private Path target;

  @BeforeAll
  static void restore() throws SQLException {
    dendrite = TestPostgres.createDatabase("media");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore("dendrite-0.13.8", connection);
    }
  }

  @AfterAll
  static void drop() throws SQLException {
    dendrite.drop();
  }

  @BeforeEach
  void unpack() throws IOException {
    source = directory.resolve("dendrite");
    target = directory.resolve("synapse");
    assertThat(RecordedMedia.unpack(source)).isEqualTo(31);
  }

  private CommandLineRun run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "media",
                "--dendrite-db",
                connection(dendrite),
                "--dendrite-media-path",
                source.toString(),
                "--synapse-media-path",
                target.toString()));
    arguments.addAll(Arrays.asList(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private List<String> targetFiles() throws IOException {
    try (Stream<Path> files = Files.walk(target)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> target.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void carriesOverUploadsRemoteFilesAndThumbnails() throws Exception {
    CommandLineRun run = run();

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .containsPattern("local_media +15 +0 +0 +0 +2\\.5 MB")
        .containsPattern("remote_media +2 +0 +0 +0 +109 kB")
        .containsPattern("thumbnails +20 +0 +0 +0 +60 kB")
        .contains("Done in ")
        .doesNotContain("Not right");
    assertThat(run.err()).contains("media: 37 files, 2.7 MB in ");
    assertThat(targetFiles())
        .hasSize(37)
        .contains(
            "local_content/" + HOLIDAY,
            "local_thumbnails/" + HOLIDAY + "/320-240-image-jpeg-scale",
            "remote_content/p.test:31548/tz/gn/eugspmjmptmxmoivonoi",
            "remote_thumbnail/p.test:31548/tz/gn/eugspmjmptmxmoivonoi/96-96-image-jpeg-crop");
    assertThat(sha256(target.resolve("local_content/" + HOLIDAY)))
        .isEqualTo("ba3c96166088c3fe77f28c9ed2d06f8114eee2c2c7af681edc82e52a9a873808");
    assertThat(
            target
                .resolve("local_content/c1/f7")
                .resolve("f0783044bf5f9fc7fdff894058034cdbf1fae626e89ab2e889ff17392c95"))
        .isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy", "hardlink", "reflink"})
  void aSecondRunCarriesOverNothing(String mode) throws IOException {
    assertThat(run("--media-mode", mode).exitCode()).isZero();
    Path one = target.resolve("local_content/" + HOLIDAY);
    Object before = Files.readAttributes(one, "unix:ino,ctime").toString();
    Path original = source.resolve(HOLIDAY_HASH + "/file");
    assertThat(Files.isSameFile(one, original)).isEqualTo(mode.equals("hardlink"));

    JsonNode document = new ObjectMapper().readTree(run("--media-mode", mode, "--json").out());

    assertThat(document.path("exit_code").asInt()).isZero();
    assertThat(document.path("file_problem_counts")).isEmpty();
    assertThat(document.path("files")).hasSize(3);
    for (JsonNode files : document.path("files")) {
      assertThat(files.path("copied").asInt() + files.path("linked").asInt()).isZero();
      assertThat(files.path("unchanged").asInt()).isPositive();
    }
    assertThat(Files.readAttributes(one, "unix:ino,ctime")).hasToString(before.toString());
  }

  @Test
  void namesWhatIsNotRightAndGoesOn() throws IOException {
    Files.delete(source.resolve("o/K/p5I4JDlqAq7DlkxU_Q5d-hIEAbDb9JHGluznSg2n4/file"));
    Files.writeString(source.resolve("R/B/Nvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o/file"), "[]");
    Files.writeString(source.resolve("L/X/EWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE/file"), "");
    Path lost = Files.createDirectories(source.resolve("x/y/z")).resolve("file");
    Files.setLastModifiedTime(Files.writeString(lost, "lost"), FileTime.fromMillis(1_000));
    Path upload = Files.createDirectories(source.resolve("tmp/1")).resolve("content");
    Files.setLastModifiedTime(Files.writeString(upload, "?"), FileTime.fromMillis(1_000));
    Files.writeString(source.resolve(HOLIDAY_HASH + "/thumbnail-96x96-crop"), "no picture");

    CommandLineRun run = run();

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("- rows without a file: 1", "local_media row media_id=62053b7a4d7a")
        .contains("- files of another size than their row says: 1", ": 0 bytes on disk, 1 in the")
        .contains("- files whose content is damaged: their SHA-256 is another: 1")
        .contains("- files without a row: 1", "x/y/z/file: 4 bytes")
        .contains("Not carried over, 1 item:", "its file has another length than its row says")
        .doesNotContain("tmp/1");
    assertThat(targetFiles()).hasSize(33);
    assertThat(run("-v").out()).contains("d.test:31448/4af0a02721e6", "96x96 crop");

    CommandLineRun strict = run("--strict");
    assertThat(strict.exitCode()).isEqualTo(4);
    assertThat(strict.err())
        .contains("strict: 4 files were not carried over; the others were")
        .doesNotContain("rolled back");
    JsonNode document = new ObjectMapper().readTree(run("--json").out());
    assertThat(document.path("file_problem_counts").toString())
        .isEqualTo("{\"no_file\":1,\"wrong_size\":1,\"wrong_hash\":1,\"no_row\":1}");
    assertThat(document.path("file_problems").get(0).path("path").asText())
        .isEqualTo("o/K/p5I4JDlqAq7DlkxU_Q5d-hIEAbDb9JHGluznSg2n4/file");
    assertThat(document.path("skipped").get(0).path("mapping").asText()).isEqualTo("thumbnails");
  }

  @Test
  void theMigrationHasTheSameUnderAnotherName() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "migrate",
            "--media-only",
            "--dendrite-db",
            connection(dendrite),
            "--dendrite-media-path",
            source.toString(),
            "--synapse-media-path",
            target.toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(targetFiles()).hasSize(37);
  }

  @Test
  void aDryRunWritesNothing() {
    CommandLineRun run = run("--dry-run");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).containsPattern("local_media +15 ");
    assertThat(target).doesNotExist();
  }

  @Test
  void findsTheFoldersInTheConfigurationFiles() throws IOException {
    Path dendriteYaml =
        Files.writeString(
            directory.resolve("dendrite.yaml"), "media_api: { base_path: " + source + " }\n");
    Path homeserverYaml =
        Files.writeString(
            directory.resolve("homeserver.yaml"), "media_store_path: " + target + "\n");

    CommandLineRun run =
        CommandLineRun.of(
            "media",
            "--dendrite-db",
            connection(dendrite),
            "--dendrite-config",
            dendriteYaml.toString(),
            "--synapse-config",
            homeserverYaml.toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(targetFiles()).hasSize(37);
  }

  @Test
  void doesNotGuessWhereRelativeFoldersAre() throws IOException {
    Path dendriteYaml =
        Files.writeString(directory.resolve("dendrite.yaml"), "media_api: { base_path: ./m }\n");

    CommandLineRun run =
        CommandLineRun.of(
            "media",
            "--dendrite-db",
            connection(dendrite),
            "--dendrite-config",
            dendriteYaml.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("media_api.base_path, ./m, is no directory here")
        .contains("where are Dendrite's media files? Give for example --dendrite-media-path");
  }

  @Test
  void refusesTheWrongServerName() {
    CommandLineRun run = run("--server-name", "other.example");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("The server name does not match the users");
    assertThat(target).doesNotExist();
  }

  @Test
  void refusesFoldersInOneAnother() {
    target = source.resolve("synapse");

    CommandLineRun run = run();

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("lies in the other");
    assertThat(target).doesNotExist();
  }

  @Test
  void failsWhereNothingCanBeWritten() throws IOException {
    Files.createDirectories(target);
    // Where a file is, no folder can be made: not even root can write there.
    Files.writeString(target.resolve("local_content"), "");

    CommandLineRun run = run();

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("files whose path leads out of its folder or cannot exist: 15")
        .contains("local_content in the target is in the way");

    target = target.resolve("local_content");
    assertThat(run().exitCode()).isEqualTo(2);
    assertThat(run().err()).contains("--synapse-media-path: " + target + " is no directory");
  }

  @Test
  void asksForWhatIsMissing() {
    assertThat(CommandLineRun.of("media").err()).contains("where are Dendrite's media files?");
    assertThat(CommandLineRun.of("media", "--dendrite-media-path", source.toString()).err())
        .contains("where are Synapse's media files?");
    assertThat(run("--media-mode", "none").err()).contains("leaves nothing to do");
    assertThat(run("--media-mode", "move").exitCode()).isEqualTo(2);
    assertThat(run("--synapse-db", "x").err()).contains("there is no option --synapse-db");
    CommandLineRun half =
        CommandLineRun.of(
            "migrate",
            "--dendrite-db",
            "dbname=a",
            "--synapse-db",
            "dbname=b",
            "--synapse-media-path",
            target.toString());
    assertThat(half.exitCode()).isEqualTo(2);
    assertThat(half.err()).contains("where are Dendrite's media files?");
  }
}
