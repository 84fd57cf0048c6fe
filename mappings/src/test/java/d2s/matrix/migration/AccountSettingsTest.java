package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Filters, presence, third-party identifiers, registration tokens, reports, visits. */
class AccountSettingsTest {

  private static MigratedRecording migrated;

  @BeforeAll
  static void migrate() throws SQLException {
    migrated =
        MigratedRecording.of(
            "dendrite-0.15.2",
            "insert into syncapi_filter (filter, localpart) values ('{}', 'nobody'), ('{', 'bob')",
            "insert into userapi_threepids (threepid, medium, localpart, server_name) values"
                + " ('Alice@Example.org', 'email', 'alice', 'd.test:31498'),"
                + " ('alice@example.org', 'email', 'bob', 'd.test:31498'),"
                + " ('491234567', 'msisdn', 'bob', 'd.test:31498')",
            "insert into userapi_registration_tokens (token, pending, completed, uses_allowed)"
                + " values ('many', 4, 2, 5000000000)",
            "insert into roomserver_reported_events (room_nid, event_nid, reporting_user_nid,"
                + " event_sender_nid, reason, score, received_ts)"
                + " values (987654, 1, 1, 1, 'purged', 0, 1)",
            "insert into userapi_daily_visits (localpart, device_id, timestamp)"
                + " values ('alice', 'ALICEDEV1', 1795478400000)",
            "update syncapi_presence set presence = 2 where user_id like '@alice:%'");
  }

  @AfterAll
  static void drop() throws SQLException {
    migrated.close();
  }

  @Test
  void filtersKeepTheirNumbers() throws SQLException {
    assertThat(
            migrated.rows(
                "select full_user_id, filter_id, convert_from(filter_json, 'UTF8')"
                    + " from user_filters where user_id = 'alice' order by 2 limit 1"))
        .containsExactly(
            "@alice:d.test:31498|1|{\"account_data\":{},\"presence\":{},\"room\":{"
                + "\"account_data\":{},\"ephemeral\":{},\"state\":{},"
                + "\"timeline\":{\"limit\":3,\"types\":[\"m.room.message\"]}}}");
    assertThat(migrated.rows("select count(*) from user_filters")).containsExactly("6");
    assertThat(migrated.skipped("filters")).hasSize(2);
  }

  @Test
  void statusMessagesAreCarriedAndNobodyIsOnline() throws SQLException {
    assertThat(
            migrated.rows(
                "select user_id, state, status_msg from presence_stream order by user_id"))
        .containsExactly("@alice:d.test:31498|offline|here 🙂", "@bob:d.test:31498|offline|away");
    assertThat(
            migrated.rows(
                "select (select last_value from presence_stream_sequence) = max(stream_id)"
                    + " from presence_stream"))
        .containsExactly("t");
  }

  @Test
  void addressesAreInLowerCaseAndTheOlderAccountKeepsADouble() throws SQLException {
    assertThat(migrated.rows("select user_id, medium, address from user_threepids order by 3"))
        .containsExactly(
            "@bob:d.test:31498|msisdn|491234567", "@alice:d.test:31498|email|alice@example.org");
    assertThat(migrated.skipped("third_party_ids"))
        .singleElement()
        .asString()
        .startsWith("@bob:d.test:31498: an older account")
        .doesNotContain("example.org");
  }

  @Test
  void noRegistrationIsPending() throws SQLException {
    assertThat(
            migrated.rows(
                "select token, uses_allowed, pending, completed, expiry_time"
                    + " from registration_tokens order by token"))
        .hasSize(3)
        .contains("judge-token||0|0|", "many||0|2|");
  }

  @Test
  void reportsAreCarriedButThoseFromPurgedRooms() throws SQLException {
    assertThat(migrated.rows("select user_id, reason, content from event_reports order by id"))
        .containsExactly(
            "@erin:d.test:31498|offensive ✋|{\"reason\":\"offensive ✋\",\"score\":-100}",
            "@bob:d.test:31498|second|{\"reason\":\"second\",\"score\":0}");
    assertThat(migrated.skipped("reports")).singleElement().asString().startsWith("report ");
  }

  @Test
  void visitsAreCarried() throws SQLException {
    assertThat(migrated.rows("select user_id, device_id, timestamp from user_daily_visits"))
        .containsExactly("@alice:d.test:31498|ALICEDEV1|1795478400000");
  }
}
