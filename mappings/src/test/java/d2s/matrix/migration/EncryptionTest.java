package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Keys, key backups and waiting messages, with much that a Dendrite database can hold but should
 * not.
 */
class EncryptionTest {

  private static final String ALICE = "@alice:d.test:31498";
  private static final String ERIN = "@erin:d.test:31498";

  /** Dendrite's oldest number that a client can hold is far below. */
  private static final String FLOOR =
      "select greatest((select last_value from syncapi_stream_id),"
          + " (select last_value from syncapi_receipt_id),"
          + " (select last_value from syncapi_send_to_device_id),"
          + " (select last_value from syncapi_notification_data_id_seq),"
          + " (select last_value from syncapi_presence_id),"
          + " (select last_value from keyserver_key_changes_seq))";

  private static final String ODDITIES =
      """
      -- One-time keys: short ids, a key that is a text, no JSON, a device that is gone.
      insert into keyserver_one_time_keys
        (user_id, device_id, key_id, algorithm, ts_added_secs, key_json)
      select '@dave:d.test:31498', device_id, key_id, algorithm, ts_added_secs, key_json
      from (values
        ('DAVEDEV1', 'AAAAAg', 'signed_curve25519', 1600000001, '{"key": "b"}'),
        ('DAVEDEV1', 'AAAAAQ', 'signed_curve25519', 1600000000, '{"key": "a"}'),
        ('DAVEDEV1', 'AAAAAAAAAAw', 'curve25519', 1600000002, '"plain"'),
        ('DAVEDEV1', 'bad', 'curve25519', 1600000002, 'plain'),
        ('GONE', 'AAAAAQ', 'curve25519', 1600000002, '"plain"')
      ) k (device_id, key_id, algorithm, ts_added_secs, key_json);
      insert into keyserver_fallback_keys
        (user_id, device_id, key_id, algorithm, ts_added_secs, key_json, used) values
        ('@dave:d.test:31498', 'DAVEDEV1', 'AAAAAQ', 'signed_curve25519', 1600000000,
         '{"key":"f","fallback":true}', true),
        ('@dave:d.test:31498', 'GONE', 'AAAAAQ', 'signed_curve25519', 1600000000,
         '{"key":"f"}', false);

      -- Messages to devices.
      insert into syncapi_send_to_device (user_id, device_id, content)
      select '@erin:d.test:31498', device_id, content
      from (values
        ('ERINDEV1', '{ "sender":"@a:b","type":"t","content":{"s":"\\u0000\\ud83d"}}'),
        ('ERINDEV1', '{"sender":"@a:b","type":"t","content":"bad"}'),
        ('ERINDEV1', 'bad'),
        ('GONE', '{"sender":"@a:b","type":"t","content":{}}')
      ) m (device_id, content);

      -- Key backups: a count that is not set, a version and a key that are no JSON.
      update userapi_key_backup_versions set etag = '' where user_id like '@bob:%';
      update userapi_key_backup_versions set auth_data = 'bad' where user_id like '@carol:%';
      update userapi_key_backups set session_data = '{'
      where user_id like '@dave:%' and session_id = 'x';

      -- A user who was deactivated, and whose device was left.
      update userapi_accounts set is_deactivated = true where localpart = 'mallory';
      insert into syncapi_send_to_device (user_id, device_id, content) values
        ('@mallory:d.test:31498', 'MALLORYDEV1', '{"sender":"@a:b","type":"t","content":{}}');
      insert into userapi_key_backup_versions
        (user_id, version, algorithm, auth_data, etag, deleted) values
        ('@mallory:d.test:31498', 99, 'a', '{}', '', 0);

      -- A device that is called like a key of its user.
      update userapi_devices set device_id = (
        select key_data from keyserver_cross_signing_keys
        where user_id like '@carol:%' and key_type = 3)
      where localpart = 'carol';

      -- What other servers were not told of yet.
      insert into federationsender_queue_json (json_nid, json_body)
      select json_nid, '{"origin":"","content":' || content || '}'
      from (values
        (9001, '{"sender":"@a:b","type":"t","message_id":"1","messages":{"@x:y":{"*":{"s":"\\u0000"}}}}'),
        (9002, '{"sender":"@a:b","type":"t","message_id":"2","messages":{"@x:y":{"D":{"s":"\\ud83d"}}}}'),
        (9003, '{"user_id":"@alice:d.test:31498","device_id":"GONE"}'),
        (9004, '{"user_id":"@alice:d.test:31498",
                 "master_key":{"keys":{"ed25519:replaced":"replaced"}},
                 "self_signing_key":{"keys":{"ed25519:KEY":"KEY"}}}'),
        (9005, '{}')
      ) e (json_nid, content);
      update federationsender_queue_json set json_body = replace(json_body, 'KEY', key_data)
      from keyserver_cross_signing_keys
      where json_nid = 9004 and user_id = '@alice:d.test:31498' and key_type = 2;
      insert into federationsender_queue_edus (edu_type, server_name, json_nid, expires_at) values
        ('m.direct_to_device', 'one.test', 9001, 0),
        ('m.direct_to_device', 'two.test', 9001, 0),
        ('m.direct_to_device', 'one.test', 9002, 0),
        ('m.device_list_update', 'one.test', 9003, 0),
        ('m.device_list_update', 'd.test:31498', 9003, 0),
        ('m.signing_key_update', 'one.test', 9004, 4102444800000),
        ('m.signing_key_update', 'two.test', 9004, 1000),
        ('m.device_list_update', 'one.test', 9005, 0);

      -- Users of other servers: one whose list is stale, one who shares no room.
      update keyserver_stale_device_lists set is_stale = true where user_id like '@pete:%';
      insert into keyserver_stale_device_lists (user_id, domain, is_stale, ts_added_secs) values
        ('@stranger:p.test', 'p.test', true, 1795501654743);
      """;

  private static MigratedRecording migrated;
  private static long floor;

  @BeforeAll
  static void migrate() throws SQLException {
    migrated = MigratedRecording.of("dendrite-0.15.2", ODDITIES);
    assertThat(migrated.result().findings()).isEmpty();
    floor = Long.parseLong(migrated.sourceRows(FLOOR).get(0));
  }

  @AfterAll
  static void drop() throws SQLException {
    migrated.close();
  }

  @Test
  void everyUnclaimedOneTimeKeyIsCarriedAsItIs() throws SQLException {
    String keys = "select user_id, device_id, algorithm, key_id, md5(key_json) from ";
    String order = " where length(key_id) = 11 and device_id <> 'CAROLDEV1' order by 1, 2, 3, 4";
    assertThat(migrated.rows(keys + "e2e_one_time_keys_json" + order))
        .isEqualTo(migrated.sourceRows(keys + "keyserver_one_time_keys" + order))
        .hasSize(197);
    assertThat(
            migrated.rows(
                "select key_json from e2e_one_time_keys_json where algorithm = 'curve25519'"))
        .containsExactly("\"plain\"");
    assertThat(migrated.rows("select distinct device_id from e2e_one_time_keys_json"))
        .doesNotContain("GONE", "CAROLDEV1");
    assertThat(migrated.skipped("one_time_keys"))
        .singleElement()
        .asString()
        .startsWith("curve25519 one-time key of the device DAVEDEV1 of @dave:d.test:31498");
  }

  @Test
  void oneTimeKeysWithShortIdsLookNewAndKeepTheirOrder() throws SQLException {
    assertThat(
            migrated.rows(
                "select key_id from e2e_one_time_keys_json where length(key_id) = 6"
                    + " and ts_added_ms > (extract(epoch from now()) - 600) * 1000"
                    + " order by ts_added_ms"))
        .containsExactly("AAAAAQ", "AAAAAg");
    assertThat(
            migrated.rows(
                "select count(*) from e2e_one_time_keys_json where ts_added_ms not between"
                    + " 1500000000000 and (extract(epoch from now()) + 10) * 1000"
                    + " and user_id like '@dave:%'"))
        .containsExactly("0");
  }

  @Test
  void fallbackKeysKeepWhetherTheyWereUsed() throws SQLException {
    assertThat(
            migrated.rows("select device_id, key_id, key_json, used from e2e_fallback_keys_json"))
        .containsExactly("DAVEDEV1|AAAAAQ|{\"key\":\"f\",\"fallback\":true}|t");
  }

  @Test
  void messagesStandAboveEveryOldNumberInTheOrderOfTheirArrival() throws SQLException {
    assertThat(
            migrated.rows(
                "select user_id, device_id, md5(message_json) from device_inbox order by stream_id"))
        .isEqualTo(
            migrated.sourceRows(
                "select user_id, device_id, md5(content) from syncapi_send_to_device"
                    + " where device_id not in ('GONE', 'MALLORYDEV1', 'CAROLDEV1')"
                    + " and content not like '%bad%'"
                    + " order by id"));
    assertThat(migrated.rows("select message_json from device_inbox where message_json like '{ %'"))
        .containsExactly(
            "{ \"sender\":\"@a:b\",\"type\":\"t\",\"content\":{\"s\":\"\\u0000\\ud83d\"}}");
    assertThat(migrated.rows("select min(stream_id) > " + floor + " from device_inbox"))
        .containsExactly("t");
    assertThat(migrated.skipped("device_inbox"))
        .hasSize(2)
        .allMatch(skipped -> skipped.startsWith("a message to the device ERINDEV1 of " + ERIN));
  }

  @Test
  void messagesToOtherServersWaitInTheSameStream() throws SQLException {
    String message =
        "{\"sender\":\"@a:b\",\"type\":\"t\",\"message_id\":\"1\","
            + "\"messages\":{\"@x:y\":{\"*\":{\"s\":\"\\u0000\"}}}}";
    assertThat(
            migrated.rows(
                "select destination, messages_json from device_federation_outbox order by stream_id"))
        .containsExactly("one.test|" + message, "two.test|" + message);
    assertThat(
            migrated.rows(
                "select (select max(stream_id) from device_inbox)"
                    + " < (select min(stream_id) from device_federation_outbox)"))
        .containsExactly("t");
    assertThat(migrated.skipped("device_outbox"))
        .singleElement()
        .asString()
        .startsWith("a message to a device on one.test");
  }

  @Test
  void keyBackupsHaveTheirVersionsAndKeys() throws SQLException {
    assertThat(
            migrated.rows(
                "select user_id, version, deleted, etag from e2e_room_keys_versions order by 1, 2"))
        .hasSize(5)
        .contains("@bob:d.test:31498|2|0|0", "@erin:d.test:31498|6|1|1")
        .noneMatch(row -> row.startsWith("@carol:") || row.startsWith("@mallory:"));
    String keys =
        " user_id, version, room_id, session_id, first_message_index, forwarded_count, is_verified,"
            + " session_data ";
    assertThat(migrated.rows("select" + keys + "from e2e_room_keys order by 1, 2, 3, 4"))
        .isEqualTo(
            migrated.sourceRows(
                "select"
                    + keys
                    + "from userapi_key_backups where user_id not like '@erin:%'"
                    + " and user_id not like '@carol:%' and session_data <> '{' order by 1, 2, 3, 4"))
        .hasSize(18);
    assertThat(migrated.skipped("backup_versions")).hasSize(1);
    assertThat(migrated.skipped("backup_keys")).hasSize(1);
  }

  @Test
  void everyUserWhoseKeysChangedIsInTheStreamOfChanges() throws SQLException {
    assertThat(migrated.rows("select distinct user_id from device_lists_stream order by 1"))
        .isEqualTo(
            migrated.sourceRows("select user_id from keyserver_key_changes order by user_id"));
    assertThat(
            migrated.rows(
                "select count(*) = count(distinct (user_id, room_id)), min(stream_id) > "
                    + floor
                    + ", bool_and(converted_to_destinations) from device_lists_changes_in_room"))
        .containsExactly("t|t|t");
    assertThat(
            migrated.rows(
                "select m.state_key, m.room_id from current_state_events m"
                    + " where m.type = 'm.room.member' and m.membership = 'join'"
                    + " and exists (select 1 from device_lists_stream d where d.user_id = m.state_key)"
                    + " order by 1, 2"))
        .isEqualTo(
            migrated.rows(
                "select user_id, room_id from device_lists_changes_in_room order by 1, 2"));
  }

  @Test
  void otherServersAreToldOfDevicesAndCurrentKeys() throws SQLException {
    String selfSigning =
        migrated
            .sourceRows(
                "select key_data from keyserver_cross_signing_keys where key_type = 2 and user_id = '"
                    + ALICE
                    + "'")
            .get(0);
    assertThat(
            migrated.rows(
                "select destination, user_id, device_id, sent from device_lists_outbound_pokes"
                    + " order by stream_id"))
        .containsExactly(
            "one.test|" + ALICE + "|GONE|f", "one.test|" + ALICE + "|" + selfSigning + "|f");
    assertThat(migrated.skipped("device_list_pokes")).hasSize(1);
  }

  @Test
  void listsOfOtherServersAreCarriedOrAskedFor() throws SQLException {
    assertThat(migrated.rows("select user_id, device_id from device_lists_remote_cache"))
        .containsExactly("@pia:p.test:31598|PIADEV1");
    assertThat(migrated.rows("select user_id, stream_id from device_lists_remote_extremeties"))
        .isEqualTo(
            migrated.sourceRows(
                "select user_id, stream_id from keyserver_device_keys where user_id like '@pia:%'"));
    assertThat(migrated.rows("select user_id from device_lists_remote_resync"))
        .containsExactly("@pete:p.test:31598");
  }

  @Test
  void crossSigningKeysReserveTheirNamesUnlessADeviceHasIt() throws SQLException {
    assertThat(
            migrated.rows(
                "select display_name, count(*) from devices where hidden group by 1 order by 1"))
        .containsExactly(
            "master signing key|3", "self_signing signing key|3", "user_signing signing key|2");
  }

  @Test
  void sequencesAndPositionsEndAboveAll() throws SQLException {
    assertThat(
            migrated.rows(
                "select (select last_value from device_inbox_sequence) >= (select max(stream_id)"
                    + " from device_federation_outbox),"
                    + " (select last_value from device_lists_sequence) >= (select max(stream_id)"
                    + " from device_lists_outbound_pokes),"
                    + " (select last_value from e2e_cross_signing_keys_sequence) >= (select"
                    + " max(stream_id) from e2e_cross_signing_keys),"
                    + " (select last_value from device_lists_sequence) = (select stream_id from"
                    + " device_lists_changes_converted_stream_position)"))
        .containsExactly("t|t|t|t");
    for (String sequence :
        List.of(
            "device_inbox_sequence", "device_lists_sequence", "e2e_cross_signing_keys_sequence")) {
      assertThat(migrated.rows("select last_value > " + floor + " from " + sequence))
          .as(sequence)
          .containsExactly("t");
    }
  }

  @Test
  void aDendriteWithoutTheTableOfFallbackKeysHasNone() throws SQLException {
    try (MigratedRecording older = MigratedRecording.of("dendrite-0.13.8")) {
      assertThat(older.result().committed()).isTrue();
      assertThat(older.result().steps())
          .extracting(step -> step.mapping())
          .contains("one_time_keys")
          .doesNotContain("fallback_keys");
      assertThat(older.rows("select count(*) from e2e_fallback_keys_json")).containsExactly("0");
    }
  }
}
