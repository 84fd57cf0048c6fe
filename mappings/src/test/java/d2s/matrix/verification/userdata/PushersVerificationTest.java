package d2s.matrix.verification.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PushersVerificationTest {

  private static final String PUSHER = "@a:our.example app 1";

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table userapi_accounts (localpart text, server_name text, is_deactivated boolean, account_type int)",
        "create table userapi_devices (localpart text, server_name text, device_id text, session_id bigint)",
        "create table userapi_pushers (id int, localpart text, server_name text, session_id bigint,"
            + " profile_tag text, kind text, app_id text, app_display_name text, device_display_name text,"
            + " pushkey text, lang text, data text)",
        "insert into userapi_accounts values ('a', 'our.example', false, 1)",
        "insert into userapi_pushers values"
            + " (1, 'a', 'our.example', null, '', 'http', 'app', 'x', 'y', 'key', 'en', '{}')");
    databases.inSynapse(
        "create table rooms (room_id text)",
        "create table events (event_id text, stream_ordering bigint)",
        "create table devices (user_id text, device_id text)",
        "create table pushers (id int, user_name text, profile_tag text, kind text, app_id text,"
            + " app_display_name text, device_display_name text, pushkey text, lang text, data text,"
            + " device_id text, enabled boolean, last_stream_ordering bigint)",
        "insert into events values ('$a', 99), ('$b', 101)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new PushersVerification().verify(databases, found);
    return found;
  }

  @Test
  void isThere() throws SQLException {
    assertThat(verified().found()).containsExactly(PUSHER + ": this pusher is missing");

    databases.inSynapse(
        "insert into pushers values (1, '@a:our.example', '', 'http', 'app', 'x', 'y', 'key', 'en', '{}',"
            + " null, true, 99)");
    assertThat(verified().found()).isEmpty();
  }

  /** The migrated events are those up to the floor. */
  @Test
  void goesOnAfterTheMigratedEvents() throws SQLException {
    for (String place : new String[] {"98", "null"}) {
      databases.inSynapse(
          "delete from pushers",
          "insert into pushers values (1, '@a:our.example', '', 'http', 'app', 'x', 'y', 'key', 'en', '{}',"
              + " null, true, %s)".formatted(place));

      assertThat(verified().found())
          .containsExactly(PUSHER + ": is a pusher that would push old events again");
    }
  }
}
