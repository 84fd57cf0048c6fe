package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Other servers: what they still have to get, and their keys. */
class FederationTest {

  private static final String CHAT = "!wwpGfEOwcqjuOUos:d.test:31448";

  /** A message of Frank in a room that the peer is in. */
  private static final String WAITING =
      "(select min(id) from syncapi_output_room_events where room_id = '"
          + CHAT
          + "' and sender = '@frank:d.test:31448' and type = 'm.room.message'"
          + " and headered_event_json not like '%redacted_because%')";

  private static MigratedRecording migrated;

  @BeforeAll
  static void migrate() throws SQLException {
    migrated =
        MigratedRecording.of(
            "dendrite-0.13.8",
            "insert into federationsender_queue_json (json_nid, json_body)"
                + " select 900001, headered_event_json from syncapi_output_room_events where id = "
                + WAITING,
            "insert into federationsender_queue_pdus (transaction_id, server_name, json_nid) values"
                + " ('', 'p.test:31548', 900001), ('', 'left.test', 900001)",
            "insert into federationsender_blacklist (server_name) values ('dead.test')",
            "insert into keydb_server_keys values"
                + " ('dead.test', 'ed25519:old', 'dead.test\u001fed25519:old', 0, 1700000000000,"
                + "  'xaNB/FurAIkpI35NsZ8xGxJf9am1Yidl7gOR6KJgmDY'),"
                + " ('dead.test', 'ed25519:bad', 'dead.test\u001fed25519:bad', 1, 0, 'xaNB'),"
                + " ('dead.test', 'rsa:1', 'dead.test\u001frsa:1', 1, 0,"
                + "  'xaNB/FurAIkpI35NsZ8xGxJf9am1Yidl7gOR6KJgmDY')",
            "update userapi_accounts set appservice_id = 'irc', account_type = 4"
                + " where localpart = 'niaj'");
  }

  @AfterAll
  static void drop() throws SQLException {
    migrated.close();
  }

  @Test
  void aServerThatWaitsForAnEventGetsItFromSynapse() throws SQLException {
    String before = migrated.sourceRows("select " + WAITING + " - 1").get(0);
    String newest = migrated.sourceRows("select max(id) from syncapi_output_room_events").get(0);
    assertThat(
            migrated.rows(
                "select destination, last_successful_stream_ordering from destinations"
                    + " order by destination"))
        .containsExactly("dead.test|" + newest, "left.test|" + before, "p.test:31548|" + before);
    assertThat(
            migrated.rows(
                "select room_id, stream_ordering - 1 from destination_rooms"
                    + " where destination = 'left.test'"))
        .containsExactly(CHAT + "|" + before);
  }

  @Test
  void everyRoomOfThePeerHasItsNewestLocalEvent() throws SQLException {
    assertThat(
            migrated.rows(
                "select r.room_id from destination_rooms r"
                    + " join events e on e.stream_ordering = r.stream_ordering"
                    + " where r.room_id <> e.room_id or e.sender not like '@%:d.test:31448'"
                    + " or exists (select 1 from events n where n.room_id = r.room_id"
                    + "  and n.stream_ordering > r.stream_ordering and not n.outlier"
                    + "  and r.destination = 'p.test:31548' and n.sender like '@%:d.test:31448')"))
        .isEmpty();
    assertThat(migrated.rows("select destination from destination_rooms")).hasSize(29);
  }

  @Test
  void keysAreCarriedAndARetiredOneIsValidUntilItWasRetired() throws SQLException {
    assertThat(
            migrated.rows(
                "select server_name, key_id, from_server, octet_length(verify_key),"
                    + " ts_valid_until_ms from server_signature_keys order by 1, 2"))
        .containsExactly(
            "d.test:31448|ed25519:0bEKF9|d.test:31448|32|8311744956033",
            "dead.test|ed25519:old|dead.test|32|1700000000000",
            "p.test:31548|ed25519:a_xPVF|p.test:31548|32|1795587874081");
    assertThat(migrated.skipped("server_keys")).hasSize(2);
    assertThat(
            migrated.rows(
                "select convert_from(key_json, 'UTF8'), ts_valid_until_ms from server_keys_json"
                    + " where server_name = 'dead.test'"))
        .containsExactly(
            "{\"old_verify_keys\":{},\"server_name\":\"dead.test\","
                + "\"valid_until_ts\":1700000000000,\"verify_keys\":{\"ed25519:old\":{"
                + "\"key\":\"xaNB/FurAIkpI35NsZ8xGxJf9am1Yidl7gOR6KJgmDY\"}}}|1700000000000");
  }

  @Test
  void anApplicationServiceGetsNothingOld() throws SQLException {
    assertThat(
            migrated.rows(
                "select as_id, state,"
                    + " read_receipt_stream_id = (select last_value from receipts_sequence),"
                    + " presence_stream_id = (select last_value from presence_stream_sequence),"
                    + " to_device_stream_id = (select last_value from device_inbox_sequence),"
                    + " device_list_stream_id = (select last_value from device_lists_sequence)"
                    + " from application_services_state"))
        .containsExactly("irc|up|t|t|t|t");
  }
}
