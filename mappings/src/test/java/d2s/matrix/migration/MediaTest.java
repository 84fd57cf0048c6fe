package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows of media where nobody says where the files are. */
class MediaTest {

  private static final String HASH = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
  private static final String ROW =
      "insert into mediaapi_media_repository (media_id, media_origin, content_type,"
          + " file_size_bytes, creation_ts, upload_name, base64hash, user_id) values ";

  private static MigratedRecording migrated;

  @BeforeAll
  static void migrate() throws SQLException {
    migrated =
        MigratedRecording.of(
            "dendrite-0.13.8",
            row("abc", "d.test:31448", 0, "", HASH),
            row("a=bcdefg", "d.test:31448", 0, "", HASH),
            row("nohash", "d.test:31448", 0, "", "../../x"),
            row("toolarge", "d.test:31448", 3_000_000_000L, "", HASH),
            row("malformed", "d.test:31448", 0, "50%.txt", HASH),
            row("a=b", "p.test:31548", 0, "r%20.txt", HASH),
            row("same", "p.test:31548", 0, "", HASH),
            row("same", "q.test", 0, "", HASH),
            row("x", "bad/../server", 0, "", HASH),
            "insert into mediaapi_thumbnail (media_id, media_origin, content_type,"
                + " file_size_bytes, creation_ts, width, height, resize_method)"
                + " values ('gone', 'd.test:31448', 'image/jpeg', 7, 1, 32, 32, 'crop'),"
                + " ('abc', 'd.test:31448', 'image/jpeg', 7, 1, 32, 32, 'crop'),"
                + " ('malformed', 'd.test:31448', 'image/jpeg', 8, 1, 32, 32, 'crop'),"
                + " ('malformed', 'd.test:31448', 'image/jpeg', 9, 1, 32, 32, '../x'),"
                + " ('same', 'q.test', 'image/jpeg', 9, 1, 96, 96, 'crop')");
  }

  private static String row(String id, String origin, long size, String name, String hash) {
    return ROW
        + "('%s', '%s', 'a/b', %d, 5, '%s', '%s', '')".formatted(id, origin, size, name, hash);
  }

  @AfterAll
  static void drop() throws SQLException {
    migrated.close();
  }

  @Test
  void localMediaAreWhatWasUploaded() throws SQLException {
    assertThat(
            migrated.rows(
                "select left(media_id, 12), media_type, media_length, upload_name, user_id,"
                    + " left(sha256, 8), authenticated, created_ts > 1700000000000"
                    + " from local_media_repository where user_id is not null"))
        .hasSize(15)
        .contains(
            "e40d14e8dbf4|image/png|126830|фото 🏔 \"x\" ملف.png|@carol:d.test:31448|933ace1a|f|t")
        .contains("37f4a078bad9|image/svg+xml|41|a/b/../c.svg|@erin:d.test:31448|900fbe93|f|t")
        .contains("c1f7f0783044|text/plain|0|empty.txt|@judy:d.test:31448|e3b0c442|f|t")
        .contains("739f0d951e54||7|untyped|@judy:d.test:31448|f47f1b75|f|t")
        .contains("ea4116656546|application/json|2||@frank:d.test:31448|44136fa3|f|t")
        .contains(
            "db628d4c12d4|x-odd/type; a=\"b\"|1|"
                + "long".repeat(40)
                + ".dat|@ivan:d.test:31448|2d711642|f|t");
    assertThat(
            migrated.rows(
                "select count(*), count(upload_name) from local_media_repository"
                    + " where upload_name = ''"))
        .containsExactly("0|0");
    assertThat(
            migrated.rows("select upload_name from local_media_repository where user_id is null"))
        .containsExactly("50%.txt");
  }

  @Test
  void remoteMediaHaveNamesOfTheirOwnOnDisk() throws SQLException {
    assertThat(
            migrated.rows(
                "select media_origin, media_id, media_type, upload_name, media_length,"
                    + " last_access_ts = created_ts, authenticated, left(sha256, 8)"
                    + " from remote_media_cache"))
        .containsExactlyInAnyOrder(
            "p.test:31548|ODGMtodxhiadmWbzBdQojvws|image/png||109330|t|f|e34c37b2",
            "p.test:31548|FwzgXKslisnVUMLVChpVcaXB|text/plain||9|t|f|69da6da6",
            "p.test:31548|a=b|a/b|r .txt|0|t|f|e3b0c442",
            "p.test:31548|same|a/b||0|t|f|e3b0c442",
            "q.test|same|a/b||0|t|f|e3b0c442");
    assertThat(
            migrated.rows(
                "select count(distinct filesystem_id), bool_and(filesystem_id ~ '^[a-z]{24}$')"
                    + " from remote_media_cache"))
        .containsExactly("5|t");
  }

  @Test
  void onlyCroppedThumbnailsAreAsLargeAsTheirBox() throws SQLException {
    assertThat(
            migrated.rows(
                "select left(media_id, 8), thumbnail_width, thumbnail_height, thumbnail_length"
                    + " from local_media_repository_thumbnails where thumbnail_method = 'crop'"
                    + " and media_id <> 'malformed'"))
        .hasSize(14)
        .contains("4af0a027|200|50|2779", "133edf16|32|32|676");
    assertThat(
            migrated.rows(
                "select count(*) from local_media_repository_thumbnails"
                    + " where thumbnail_method <> 'crop' or thumbnail_type <> 'image/jpeg'"))
        .containsExactly("0");
    assertThat(migrated.skipped("thumbnails"))
        .filteredOn(skipped -> skipped.contains(" scale: "))
        .hasSize(4)
        .allMatch(skipped -> skipped.contains("only the file says how large it is"));
  }

  @Test
  void everyMediumOfOneContentHasItsThumbnails() throws SQLException {
    assertThat(
            migrated.rows(
                "select t.media_origin, t.media_id, thumbnail_width, m.media_id is not null"
                    + " from remote_media_cache_thumbnails t"
                    + " left join remote_media_cache m using (media_origin, media_id,"
                    + " filesystem_id) where thumbnail_length = 9"))
        .containsExactlyInAnyOrder(
            "p.test:31548|a=b|96|t", "p.test:31548|same|96|t", "q.test|same|96|t");
  }

  @Test
  void whatCannotBeCarriedIsNamed() {
    assertThat(migrated.skipped("local_media"))
        .hasSize(4)
        .anyMatch(skipped -> skipped.startsWith("abc: Synapse cannot have a file with this id"))
        .anyMatch(skipped -> skipped.startsWith("a=bcdefg: Synapse cannot have a file"))
        .anyMatch(skipped -> skipped.startsWith("nohash: Dendrite itself cannot find the file"))
        .anyMatch(skipped -> skipped.startsWith("toolarge: Synapse cannot have files of 2 GiB"));
    assertThat(migrated.skipped("remote_media"))
        .containsExactly("bad/../server/x: Synapse cannot have a folder for a server of this name");
    assertThat(migrated.skipped("thumbnails"))
        .contains(
            "d.test:31448/gone 32x32 crop: it is a thumbnail of nothing: there is no such medium")
        .contains("d.test:31448/abc 32x32 crop: Synapse cannot have a path with this id")
        .anyMatch(
            skipped -> skipped.startsWith("d.test:31448/malformed 32x32 ../x: Dendrite itself"));
  }
}
