package d2s.matrix.verification.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One notification of one user, which is in Synapse or not. */
class NotificationsVerificationTest {

  private static final String IT = "@a:our.example $e";

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table userapi_accounts (localpart text, server_name text)",
        "create table userapi_notifications (localpart text, server_name text, room_id text,"
            + " event_id text, highlight boolean default false, read boolean default false)",
        "create table syncapi_receipts (room_id text, receipt_type text, user_id text, event_id text)",
        "create table syncapi_output_room_events (id bigint, event_id text)",
        "create table syncapi_notification_data (user_id text, room_id text,"
            + " notification_count bigint default 0, highlight_count bigint default 0)",
        "create table roomserver_events (event_id text, event_type_nid bigint, is_rejected boolean)",
        "insert into roomserver_events values ('$e', 9, false)",
        "create table syncapi_relations (child_event_id text, event_id text, rel_type text)",
        "insert into userapi_accounts values ('a', 'our.example')",
        "insert into userapi_notifications values ('a', 'our.example', '!r', '$e')",
        "insert into syncapi_output_room_events values (5, '$e'), (6, '$next')",
        "insert into syncapi_notification_data values ('@a:our.example', '!r', 1, 0)");
    databases.inSynapse(
        "create table events (event_id text, room_id text, type text, stream_ordering bigint,"
            + " rejection_reason text)",
        "create table event_push_actions (user_id text, room_id text, event_id text, highlight smallint,"
            + " thread_id text, stream_ordering bigint)",
        "insert into events values ('$e', '!r', 'm.room.message', 5, null)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private void store(String thread) throws SQLException {
    databases.inSynapse(
        "insert into event_push_actions values ('@a:our.example', '!r', '$e', 0, '%s', 5)"
            .formatted(thread));
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new NotificationsVerification().verify(databases, found);
    return found;
  }

  @Test
  void anUnreadOneMustBeThere() throws SQLException {
    assertThat(verified().found()).containsExactly(IT + ": this notification is missing");
    assertThat(verified().count()).isEqualTo(1);

    store("main");
    assertThat(verified().found()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update userapi_notifications set read = true, highlight = true",
        "update userapi_notifications set read = true",
        "update userapi_notifications set localpart = 'gone'",
        "update syncapi_notification_data set notification_count = 0",
        "insert into syncapi_receipts values ('!r', 'm.read', '@a:our.example', '$e')",
        "insert into syncapi_receipts values ('!r', 'm.read.private', '@a:our.example', '$next')",
        "delete from syncapi_output_room_events",
        "delete from roomserver_events",
        "update roomserver_events set event_type_nid = 6",
        "update roomserver_events set is_rejected = true",
      })
  void oneThatIsReadNeedNot(String change) throws SQLException {
    databases.inDendrite(change);

    assertThat(verified().found()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update syncapi_notification_data set notification_count = 0, highlight_count = 1",
        "insert into syncapi_receipts values ('!r', 'm.other', '@a:our.example', '$e')",
        "insert into syncapi_receipts values ('!other', 'm.read', '@a:our.example', '$e')",
        "insert into syncapi_receipts values ('!r', 'm.read', '@b:our.example', '$e')",
        "insert into syncapi_receipts values ('!r', 'm.read', '@a:our.example', '$gone')",
      })
  void oneThatSomethingElseIsReadOfMust(String change) throws SQLException {
    databases.inDendrite(change);

    assertThat(verified().found()).containsExactly(IT + ": this notification is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from events",
        "update events set room_id = '!other'",
        "update events set stream_ordering = -5",
        "update events set rejection_reason = 'x'",
        "update events set type = 'm.room.redaction'",
      })
  void oneOfAnEventThatSynapseCannotListNeedNot(String change) throws SQLException {
    databases.inSynapse(change);

    assertThat(verified().found()).isEmpty();
  }

  @Test
  void itIsAMentionOnBothServers() throws SQLException {
    store("main");
    databases.inSynapse("update event_push_actions set highlight = 1");
    String one = IT + ": this notification is one of a mention on one server only";
    assertThat(verified().found()).containsExactly(one);

    databases.inDendrite("update userapi_notifications set highlight = true, read = true");
    assertThat(verified().found()).isEmpty();
    databases.inSynapse("update event_push_actions set highlight = 0");
    assertThat(verified().found()).containsExactly(one);
  }

  /** For an invite Dendrite can have several. */
  @Test
  void severalOfOneEventAreOne() throws SQLException {
    store("main");
    databases.inDendrite(
        "insert into userapi_notifications values ('a', 'our.example', '!r', '$e', true, true)");
    assertThat(verified().found()).hasSize(1);
    databases.inSynapse("update event_push_actions set highlight = 1");
    assertThat(verified().found()).isEmpty();
    assertThat(verified().count()).isEqualTo(1);
  }

  @Test
  void itIsInTheSameThread() throws SQLException {
    String other = IT + ": this notification is in another thread than in Dendrite";
    databases.inDendrite("insert into syncapi_relations values ('$e', '$other', 'm.annotation')");
    store("$root");
    assertThat(verified().found()).containsExactly(other);

    databases.inDendrite("insert into syncapi_relations values ('$e', '$root', 'm.thread')");
    assertThat(verified().found()).isEmpty();
    databases.inSynapse("update event_push_actions set thread_id = 'main'");
    assertThat(verified().found()).containsExactly(other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"room_id = '!other'", "stream_ordering = 6"})
  void itIsWhereItsEventIs(String change) throws SQLException {
    store("main");
    databases.inSynapse("update event_push_actions set " + change);

    assertThat(verified().found())
        .containsExactly(IT + ": is a notification in another room or place than its event");
  }

  @Test
  void oneThatDendriteDoesNotHaveIsWrong() throws SQLException {
    store("main");
    databases.inDendrite("delete from userapi_notifications");

    assertThat(verified().found())
        .containsExactly(IT + ": is a notification that Dendrite does not have");
  }
}
