package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.files.CopyMode;
import d2s.engine.files.StoreFolders;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.result.FileResult;
import d2s.engine.result.Progress;
import d2s.engine.transfer.FileOptions;
import d2s.engine.transfer.FileRun;
import d2s.matrix.catalog.BundledRecordings;
import d2s.matrix.media.Pictures;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thumbnails whose files say how large they are, with the odd ones among them. */
class ThumbnailsTest {

  private static final String HASH = "AbCdefghijklmnopqrstuvwxyz0123456789-_ABCDE";

  @TempDir private Path directory;
  private final List<String> changes = new ArrayList<>();

  @BeforeEach
  void describe() throws IOException {
    changes.add("delete from mediaapi_thumbnail");
    changes.add("delete from mediaapi_media_repository");
    for (String medium :
        List.of("'first1', 'd.test:31448'", "'second', 'd.test:31448'", "'third', 'p.test'")) {
      changes.add(
          "insert into mediaapi_media_repository values ("
              + medium
              + ", 'image/png', 5, 5, '', '"
              + HASH
              + "', '')");
    }
    thumbnail(640, 480, "scale", Pictures.jpeg(115, 480), 0);
    thumbnail(800, 480, "scale", Pictures.jpeg(115, 480), 0);
    thumbnail(320, 240, "scale", Pictures.jpeg(57, 240), 0);
    thumbnail(32, 32, "crop", Pictures.jpeg(32, 32), 0);
    thumbnail(96, 96, "crop", Pictures.jpeg(96, 96), 1);
    thumbnail(48, 48, "crop", "no picture".getBytes(), 0);
    thumbnail(16, 16, "crop", null, 0);
  }

  /** A thumbnail of the first medium, with a row that may be wrong about its length. */
  private void thumbnail(int width, int height, String method, byte[] content, int more)
      throws IOException {
    Path folder =
        Files.createDirectories(directory.resolve("dendrite/A/b").resolve(HASH.substring(2)));
    int length = 7;
    if (content != null) {
      length = content.length;
      Files.write(folder.resolve("thumbnail-" + width + "x" + height + "-" + method), content);
    }
    changes.add(
        "insert into mediaapi_thumbnail values ('first1', 'd.test:31448', 'image/jpeg', "
            + (length + more)
            + ", 5, "
            + width
            + ", "
            + height
            + ", '"
            + method
            + "')");
  }

  @Test
  void rowsSayTheRealSize() throws SQLException {
    Path folder = directory.resolve("dendrite");
    try (MigratedRecording migrated =
        MigratedRecording.of(
            "dendrite-0.13.8",
            Map.of("media_path", folder.toString()),
            changes.toArray(String[]::new))) {
      assertThat(
              migrated.rows(
                  "select media_id, thumbnail_width, thumbnail_height, thumbnail_method"
                      + " from local_media_repository_thumbnails"
                      + " union all select media_id, thumbnail_width, thumbnail_height,"
                      + " thumbnail_method from remote_media_cache_thumbnails order by 1, 2"))
          .containsExactly(
              "first1|32|32|crop",
              "first1|57|240|scale",
              "first1|115|480|scale",
              "second|32|32|crop",
              "second|57|240|scale",
              "second|115|480|scale",
              "third|32|32|crop",
              "third|57|240|scale",
              "third|115|480|scale");
      assertThat(
              migrated.rows(
                  "select distinct thumbnail_length from local_media_repository_thumbnails"
                      + " where thumbnail_width = 115"))
          .containsExactly("" + Pictures.jpeg(115, 480).length);
      assertThat(migrated.skipped("thumbnails"))
          .hasSize(9)
          .anyMatch(s -> s.startsWith("d.test:31448/first1 16x16 crop: its file is missing"))
          .anyMatch(s -> s.startsWith("d.test:31448/second 48x48 crop: its file is no JPEG"))
          .anyMatch(s -> s.startsWith("p.test/third 96x96 crop: its file has another length"));
    }
  }

  @Test
  void filesLieWhereTheRowsSay() throws SQLException, IOException {
    StoreFolders folders =
        new StoreFolders(directory.resolve("dendrite"), directory.resolve("synapse"));
    TestDatabase dendrite = TestPostgres.createDatabase("thumbnails");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore("dendrite-0.13.8", connection);
    }
    dendrite.execute(changes.toArray(String[]::new));

    FileResult result =
        new FileRun(
                MappingSetLoader.loadResources("dendrite-to-synapse"),
                dendrite.dataSource(),
                Map.of("media_path", folders.source().toString()),
                FileOptions.of(Map.of("media", folders), CopyMode.COPY),
                false)
            .run(Progress.silent());
    dendrite.drop();

    try (Stream<Path> files = Files.walk(folders.target())) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(file -> folders.target().relativize(file).toString()))
          .hasSize(9)
          .contains(
              "local_thumbnails/fi/rs/t1/115-480-image-jpeg-scale",
              "local_thumbnails/fi/rs/t1/57-240-image-jpeg-scale",
              "local_thumbnails/se/co/nd/32-32-image-jpeg-crop")
          .anyMatch(name -> name.matches("remote_thumbnail/p.test/../../.{20}/32-32-image.*"));
    }
    assertThat(result.skipped()).hasSize(9);
    // The three originals have no file here; every thumbnail's file has a row.
    assertThat(result.stores().get(0).problems())
        .hasSize(3)
        .allMatch(problem -> problem.path().endsWith("/file"));
  }
}
