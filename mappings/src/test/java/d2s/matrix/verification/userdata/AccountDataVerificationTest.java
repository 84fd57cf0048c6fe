package d2s.matrix.verification.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that no index can hold, and whom nobody can ignore. */
class AccountDataVerificationTest {

  private static final String USER = "@a:our.example";
  private static final String LONG = "x".repeat(2_091);

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table userapi_accounts (localpart text, server_name text)",
        "create table userapi_account_datas (localpart text, server_name text, room_id text,"
            + " type text, content text)",
        "insert into userapi_accounts values ('a', 'our.example')");
    databases.inSynapse(
        "create table rooms (room_id text)",
        "create table events (event_id text)",
        "create table devices (user_id text, device_id text)",
        "create table account_data (user_id text, account_data_type text, content text)",
        "create table room_account_data (user_id text, room_id text, account_data_type text, content text)",
        "create table room_tags (user_id text, room_id text, tag text, content text)",
        "create table room_tags_revisions (user_id text, room_id text)",
        "create table ignored_users (ignorer_user_id text, ignored_user_id text)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private void add(String room, String type, String content) throws SQLException {
    databases.inDendrite(
        "insert into userapi_account_datas values ('a', 'our.example', '%s', '%s', '%s')"
            .formatted(room, type, content));
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new AccountDataVerification().verify(databases, found);
    return found;
  }

  @Test
  void tagsOfARoom() throws SQLException {
    add("!r", "m.tag", "{\"tags\":{\"a\":{\"order\":1},\"b\":{}}}");
    assertThat(verified().found()).containsExactly(USER + " !r: has other tags than in Dendrite");
    assertThat(verified().count()).isEqualTo(1);

    databases.inSynapse(
        "insert into room_tags values ('%1$s', '!r', 'a', '{\"order\":1}'), ('%1$s', '!r', 'b', '{}')"
            .formatted(USER));
    assertThat(verified().found())
        .containsExactly(USER + " !r: has tags that clients would not be told of");

    databases.inSynapse("insert into room_tags_revisions values ('%s', '!r')".formatted(USER));
    assertThat(verified().found()).isEmpty();
  }

  @Test
  void noTagsAreNone() throws SQLException {
    add("!r", "m.tag", "{\"tags\":{}}");
    add("!s", "m.tag", "{}");
    add("!t", "m.tag", "x");

    assertThat(verified().found()).isEmpty();
    assertThat(verified().noted()).isEmpty();
  }

  @Test
  void aTagThatIsTooLong() throws SQLException {
    add("!r", "m.tag", "{\"tags\":{\"a\":{},\"" + LONG + "\":{}}}");
    assertThat(verified().found()).isEmpty();
    assertThat(verified().noted())
        .containsExactly(
            USER + " !r: has a tag that is too long for an index; its tags are left out");

    databases.inSynapse(
        "insert into room_tags values ('%s', '!r', 'a', '{}')".formatted(USER),
        "insert into room_tags_revisions values ('%s', '!r')".formatted(USER));
    assertThat(verified().found()).containsExactly(USER + " !r: has other tags than in Dendrite");
  }

  @Test
  void nobodyIgnoresThemselvesOrANameThatIsTooLong() throws SQLException {
    add("", "m.ignored_user_list", "{\"ignored_users\":{\"" + USER + "\":{},\"" + LONG + "\":{}}}");
    databases.inSynapse(
        "insert into account_data select '%s', 'm.ignored_user_list', '%s'"
            .formatted(USER, "{\"ignored_users\":{\"" + USER + "\":{},\"" + LONG + "\":{}}}"));
    assertThat(verified().found()).isEmpty();
    assertThat(verified().count()).isEqualTo(2);

    databases.inSynapse("insert into ignored_users values ('%1$s', '%1$s')".formatted(USER));
    assertThat(verified().found()).containsExactly(USER + ": ignores others than in Dendrite");
  }
}
