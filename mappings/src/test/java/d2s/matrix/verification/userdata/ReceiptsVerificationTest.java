package d2s.matrix.verification.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receipt that Synapse does not have, and why. */
class ReceiptsVerificationTest {

  private SmallDatabases databases;

  @BeforeEach
  void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inDendrite(
        "create table syncapi_receipts (id int, user_id text, room_id text, receipt_type text,"
            + " event_id text, receipt_ts bigint)",
        "create table roomserver_rooms (room_nid int, room_id text)",
        "create table roomserver_events (event_nid int, room_nid int, event_id text)",
        "create table syncapi_output_room_events (id int, event_id text, exclude_from_sync boolean)",
        "insert into syncapi_receipts values"
            + " (1, '@a:our.example', '!r', 'm.read', '$e', 5), (2, '@f:far.example', '!r', 'm.read', '$e', 5)",
        "insert into syncapi_receipts values (3, '@a:our.example', '!r', 'm.unknown', '$e', 5)");
    databases.inSynapse(
        "create table rooms (room_id text)",
        "create table events (event_id text, room_id text, stream_ordering int)",
        "create table devices (user_id text, device_id text)",
        "create table receipts_linearized (user_id text, room_id text, receipt_type text,"
            + " event_id text, data text, event_stream_ordering int)",
        "create table receipts_graph (user_id text, room_id text, receipt_type text, event_ids text)",
        "insert into rooms values ('!r')",
        "insert into events values ('$e', '!r', 7)");
  }

  @AfterEach
  void drop() throws SQLException {
    databases.close();
  }

  private FoundThings verified() throws SQLException {
    FoundThings found = new FoundThings();
    new ReceiptsVerification().verify(databases, found);
    return found;
  }

  @Test
  void isMissing() throws SQLException {
    assertThat(verified().found())
        .containsExactly(
            "@a:our.example !r m.read: this receipt is missing",
            "@f:far.example !r m.read: this receipt is missing");
    assertThat(verified().count()).isEqualTo(2);
  }

  @Test
  void isOfNoUseWithoutItsRoom() throws SQLException {
    databases.inSynapse("delete from rooms");

    assertThat(verified().found()).isEmpty();
  }

  /** Those of other servers may be for an event that is still to come. */
  @Test
  void isOfNoUseToOurUsersWithoutItsEvent() throws SQLException {
    databases.inSynapse("delete from events");

    assertThat(verified().found())
        .containsExactly("@f:far.example !r m.read: this receipt is missing");
  }

  @Test
  void isThereAsItWas() throws SQLException {
    databases.inSynapse(
        "insert into receipts_linearized values"
            + " ('@a:our.example', '!r', 'm.read', '$e', '{\"ts\":5}', 7),"
            + " ('@f:far.example', '!r', 'm.read', '$e', '{\"ts\":5}', 7)",
        "insert into receipts_graph select user_id, room_id, receipt_type, '[\"$e\"]' from receipts_linearized");

    assertThat(verified().found()).isEmpty();
  }
}
