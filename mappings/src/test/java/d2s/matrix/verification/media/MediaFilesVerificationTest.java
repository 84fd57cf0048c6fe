package d2s.matrix.verification.media;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.extension.VerificationContext;
import d2s.engine.schema.CatalogDdl;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.verification.FoundThings;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three files of three bytes each, and what can happen to files. */
class MediaFilesVerificationTest {

  /** The SHA-256 of "abc", URL-safe and without padding. */
  private static final String ABC = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";

  private static final String LOCAL = "local_content/ab/cd/efgh";
  private static final String REMOTE = "remote_content/far.example/QW/ER/TY";
  private static final String THUMBNAIL = "local_thumbnails/ab/cd/efgh/32-32-image-jpeg-crop";

  @TempDir private Path folder;
  private TestDatabase dendrite;
  private TestDatabase synapse;

  /** The two databases with a folder, or without one. */
  private record Databases(
      Connection source, Connection target, Optional<Path> media, Optional<Path> before)
      implements VerificationContext {

    @Override
    public Object fact(String name) {
      return "our.example";
    }

    @Override
    public Optional<Path> folder(String name) {
      return name.equals("media") ? media : before;
    }
  }

  @BeforeEach
  void create() throws SQLException, IOException {
    dendrite = TestPostgres.createDatabase("media_source");
    synapse = TestPostgres.createDatabase("media_target");
    try (Connection source = dendrite.connect();
        Connection target = synapse.connect()) {
      CatalogDdl.create(source, BundledCatalogs.read("dendrite-0.15.2"));
      CatalogDdl.create(target, BundledCatalogs.newest("synapse"));
    }
    String columns =
        "insert into mediaapi_media_repository (media_id, media_origin, content_type,"
            + " file_size_bytes, creation_ts, upload_name, base64hash, user_id) values ";
    dendrite.execute(
        columns + "('abcdefgh', 'our.example', '', 3, 1, '', '" + ABC + "', '@a:our.example')",
        columns + "('x', 'far.example', '', 3, 1, '', '" + ABC + "', '')");
    synapse.execute(
        "insert into local_media_repository (media_id, media_length, created_ts, user_id)"
            + " values ('abcdefgh', 3, 1, '@a:our.example')",
        "insert into remote_media_cache (media_origin, media_id, filesystem_id, media_length,"
            + " created_ts) values ('far.example', 'x', 'QWERTY', 3, 1)",
        "insert into local_media_repository_thumbnails (media_id, thumbnail_width,"
            + " thumbnail_height, thumbnail_type, thumbnail_method, thumbnail_length)"
            + " values ('abcdefgh', 32, 32, 'image/jpeg', 'crop', 3)");
    for (String file : List.of(LOCAL, REMOTE, THUMBNAIL)) {
      write(file, "abc");
    }
  }

  @AfterEach
  void drop() throws SQLException {
    dendrite.drop();
    synapse.drop();
  }

  private void write(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, content.getBytes(StandardCharsets.US_ASCII));
  }

  private FoundThings verify(Optional<Path> media) throws SQLException {
    return verify(media, Optional.empty());
  }

  private FoundThings verify(Optional<Path> media, Optional<Path> before) throws SQLException {
    FoundThings result = new FoundThings();
    try (Connection source = dendrite.connect();
        Connection target = synapse.connect()) {
      source.setAutoCommit(false);
      target.setAutoCommit(false);
      new MediaFilesVerification().verify(new Databases(source, target, media, before), result);
    }
    return result;
  }

  private List<String> found() throws SQLException {
    return verify(Optional.of(folder)).found();
  }

  @Test
  void whatDendriteHasLostTooIsANote(@TempDir Path before) throws SQLException, IOException {
    Files.delete(folder.resolve(LOCAL));
    Files.delete(folder.resolve(REMOTE));

    FoundThings lost = verify(Optional.of(folder), Optional.of(before));
    assertThat(lost.found()).isEmpty();
    assertThat(lost.noted())
        .containsExactlyInAnyOrder(
            "our.example/abcdefgh: is lost: Dendrite's own file is missing or damaged",
            "far.example/x: is lost: Dendrite's own file is missing or damaged");

    // Both rows share one file, as Dendrite keeps it.
    Path stored = before.resolve("u/n/" + ABC.substring(2) + "/file");
    Files.createDirectories(stored.getParent());
    Files.writeString(stored, "xyz");
    assertThat(verify(Optional.of(folder), Optional.of(before)).found()).isEmpty();
    Files.writeString(stored, "abc");
    assertThat(verify(Optional.of(folder), Optional.of(before)).found())
        .containsExactlyInAnyOrder(
            "our.example/abcdefgh: its file is missing", "far.example/x: its file is missing");
  }

  @Test
  void everyFileIsRight() throws SQLException {
    FoundThings result = verify(Optional.of(folder));

    assertThat(result.found()).isEmpty();
    assertThat(result.count()).isEqualTo(3);
  }

  @Test
  void withoutAFolderThereIsNothingToLookAt() throws SQLException {
    assertThat(verify(Optional.empty()).count()).isZero();
  }

  @Test
  void aTruncatedFileIsFound() throws SQLException, IOException {
    write(LOCAL, "ab");

    assertThat(found())
        .containsExactly("our.example/abcdefgh: its file has another size than its row says");
  }

  @Test
  void aFileWithAnotherContentIsFound() throws SQLException, IOException {
    write(REMOTE, "abd");

    assertThat(found()).containsExactly("far.example/x: its file has another content");
  }

  /** It is read in several portions. */
  @Test
  void aLargeFileIsReadToItsEnd() throws SQLException, IOException {
    write(LOCAL, "a".repeat(200_000));
    synapse.execute("update local_media_repository set media_length = 200000");
    dendrite.execute(
        "update mediaapi_media_repository set base64hash = '%s' where media_id = 'abcdefgh'"
            .formatted("IofSB_JKlB_ztWwEyKJa1Wtj4wIyB7O7W0rAyYaddL4"));
    assertThat(found()).isEmpty();

    write(LOCAL, "a".repeat(199_999) + "b");
    assertThat(found()).containsExactly("our.example/abcdefgh: its file has another content");
  }

  @Test
  void aFileThatIsMissingIsFound() throws SQLException, IOException {
    Files.delete(folder.resolve(REMOTE));

    assertThat(found()).containsExactly("far.example/x: its file is missing");
  }

  @Test
  void aThumbnailThatWouldBeCutOffIsFound() throws SQLException, IOException {
    write(THUMBNAIL, "abcd");

    assertThat(found())
        .containsExactly(
            "abcdefgh 32x32 crop: its thumbnail is missing or has another size than its row says");
  }

  @Test
  void anIdThatLeadsOutOfTheFolderIsNotFollowed() throws SQLException, IOException {
    write("remote_content/far.example/secret", "abc");
    synapse.execute("update remote_media_cache set filesystem_id = 'ab../../secret'");

    assertThat(found()).containsExactly("far.example/x: has an id that Synapse could not address");
  }

  /** Dendrite has a thumbnail in two sizes for the content that both media share. */
  @Test
  void aThumbnailThatDendriteHasIsNotMissing(@TempDir Path before)
      throws SQLException, IOException {
    String jpeg = "\u00ff\u00d8\u00ff";
    Path stored = before.resolve("u/n/" + ABC.substring(2));
    Files.createDirectories(stored);
    Files.writeString(stored.resolve("file"), "abc");
    Files.writeString(stored.resolve("thumbnail-32x32-crop"), jpeg, StandardCharsets.ISO_8859_1);
    Files.writeString(
        stored.resolve("thumbnail-320x240-scale"), jpeg + "x", StandardCharsets.ISO_8859_1);
    dendrite.execute(
        "insert into mediaapi_thumbnail (media_id, media_origin, content_type, file_size_bytes,"
            + " creation_ts, width, height, resize_method)"
            + " values ('x', 'far.example', 'image/jpeg', 3, 1, 32, 32, 'crop'),"
            + " ('abcdefgh', 'our.example', 'image/jpeg', 4, 1, 320, 240, 'scale')");

    assertThat(thumbnails(before))
        .containsExactlyInAnyOrder(
            "our.example/abcdefgh 320x240-scale: this thumbnail is missing",
            "far.example/x 32x32-crop: this thumbnail is missing",
            "far.example/x 320x240-scale: this thumbnail is missing");

    // A picture that only has to fit can be smaller than what was asked for.
    write("local_thumbnails/ab/cd/efgh/300-240-image-jpeg-scale", "abcd");
    synapse.execute(
        "insert into local_media_repository_thumbnails (media_id, thumbnail_width,"
            + " thumbnail_height, thumbnail_type, thumbnail_method, thumbnail_length)"
            + " values ('abcdefgh', 300, 240, 'image/jpeg', 'scale', 4)");
    assertThat(thumbnails(before))
        .containsExactlyInAnyOrder(
            "far.example/x 32x32-crop: this thumbnail is missing",
            "far.example/x 320x240-scale: this thumbnail is missing");

    // None that Dendrite could not serve: its length is another, or it is no picture.
    Files.writeString(stored.resolve("thumbnail-320x240-scale"), jpeg, StandardCharsets.ISO_8859_1);
    assertThat(thumbnails(before))
        .containsExactly("far.example/x 32x32-crop: this thumbnail is missing");
    Files.writeString(stored.resolve("thumbnail-32x32-crop"), "abc");
    assertThat(thumbnails(before)).isEmpty();
    Files.delete(stored.resolve("thumbnail-32x32-crop"));
    assertThat(thumbnails(before)).isEmpty();
    assertThat(found()).isEmpty();
  }

  private List<String> thumbnails(Path before) throws SQLException {
    return verify(Optional.of(folder), Optional.of(before)).found();
  }
}
