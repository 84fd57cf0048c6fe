package d2s.matrix.verification.media;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that Synapse does not have, and why; and a Synapse without hashes. */
class MediaRowsVerificationTest {

  private static final String HASH = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";
  private static final String HEX =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table mediaapi_media_repository (media_id text, media_origin text, content_type text,"
            + " file_size_bytes bigint, creation_ts bigint, upload_name text, base64hash text, user_id text)",
        "insert into mediaapi_media_repository values"
            + " ('abcdefgh', 'our.example', 'text/plain', 3, 1, 'a.txt', '%s', '')"
                .formatted(HASH));
    databases.inSynapse(
        "create table local_media_repository (media_id text, media_length bigint, created_ts bigint,"
            + " user_id text, media_type text, upload_name text, url_cache text, sha256 text)",
        "create table remote_media_cache (media_origin text, media_id text, media_length bigint,"
            + " created_ts bigint, media_type text, upload_name text, sha256 text)",
        "create table local_media_repository_thumbnails (media_id text)",
        "create table remote_media_cache_thumbnails (media_origin text, media_id text)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new MediaRowsVerification().verify(databases, found);
    return found;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "media_id = 'abcd' | our.example/abcd: is left out: Synapse could not find a file of this name",
        "media_id = 'ab/defgh' | our.example/ab/defgh: is left out: Synapse could not find a file of this name",
        "media_origin = '..' | ../abcdefgh: is left out: Synapse could not find a file of this name",
        "base64hash = 'x' | our.example/abcdefgh: is left out: its SHA-256 is none,"
            + " and Dendrite itself could not find it",
        "file_size_bytes = -1 | our.example/abcdefgh: is left out: Synapse cannot have a file of this size",
        "file_size_bytes = 2147483648"
            + " | our.example/abcdefgh: is left out: Synapse cannot have a file of this size",
      })
  void isLeftOut(String damage, String note) throws SQLException {
    databases.inDendrite("update mediaapi_media_repository set " + damage);

    assertThat(verified().found()).isEmpty();
    assertThat(verified().noted()).containsExactly(note);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "media_id = 'abcdefgh' | our.example/abcdefgh: is missing",
        "media_id = 'x', media_origin = 'far.example' | far.example/x: is missing",
        "file_size_bytes = 0 | our.example/abcdefgh: is missing",
        "file_size_bytes = 2147483647 | our.example/abcdefgh: is missing",
      })
  void isMissing(String change, String finding) throws SQLException {
    databases.inDendrite("update mediaapi_media_repository set " + change);

    assertThat(verified().noted()).isEmpty();
    assertThat(verified().found()).containsExactly(finding);
  }

  @Test
  void isThereWithoutUser() throws SQLException {
    databases.inSynapse(
        "insert into local_media_repository values"
            + " ('abcdefgh', 3, 1, null, 'text/plain', 'a.txt', null, '%s')".formatted(HEX));
    assertThat(verified().found()).isEmpty();
    assertThat(verified().count()).isEqualTo(1);

    databases.inSynapse("update local_media_repository set sha256 = 'x'");
    assertThat(verified().found())
        .containsExactly("our.example/abcdefgh: has another hash than in Dendrite");
    databases.inSynapse("update local_media_repository set sha256 = null");
    assertThat(verified().found()).isEmpty();
  }

  /** A user of another server is not known. */
  @Test
  void mediaOfOthersBelongToNobody() throws SQLException {
    databases.inDendrite(
        "update mediaapi_media_repository set media_origin = 'far.example', user_id = '@f:far.example'");
    databases.inSynapse(
        "insert into remote_media_cache values"
            + " ('far.example', 'abcdefgh', 3, 1, 'text/plain', 'a.txt', null)");

    assertThat(verified().found()).isEmpty();
  }

  @Test
  void anOlderSynapseHasNoHashes() throws SQLException {
    databases.inSynapse(
        "alter table local_media_repository drop sha256",
        "alter table remote_media_cache drop sha256",
        "insert into local_media_repository values"
            + " ('abcdefgh', 3, 1, null, 'text/plain', 'a.txt', null)");

    assertThat(verified().found()).isEmpty();
  }

  /** Names with other characters may be written in another way. */
  @Test
  void onlyAPlainNameMustBeTheSame() throws SQLException {
    databases.inSynapse(
        "insert into local_media_repository values"
            + " ('abcdefgh', 3, 1, null, 'text/plain', 'b.txt', null, null)");
    assertThat(verified().found())
        .containsExactly("our.example/abcdefgh: has another name than in Dendrite");

    databases.inDendrite("update mediaapi_media_repository set upload_name = 'a%20b'");
    assertThat(verified().found()).isEmpty();
  }
}
