package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PushersTest {

  private static MigratedRecording migrated;

  @BeforeAll
  static void migrate() throws SQLException {
    String columns =
        "insert into userapi_pushers (localpart, server_name, session_id, kind, app_id,"
            + " app_display_name, device_display_name, pushkey, pushkey_ts_ms, lang, data) select"
            + " %s, 'd.test:31448', %s, '%s', '%s', 'App', 'dev', 'key', %s, 'en', '%s'";
    migrated =
        MigratedRecording.of(
            "dendrite-0.13.8",
            columns.formatted("'alice'", "4", "email", "m.email", "1", "{}"),
            columns.formatted("'alice'", "4", "carrier", "pigeon", "1", "{}"),
            columns.formatted("'alice'", "4", "http", "broken", "1", "{"),
            columns.formatted("'alice'", "987654", "http", "orphan", "1", "{}"),
            columns.formatted("'nobody'", "null", "http", "gone", "1", "{}"),
            columns.formatted("'bob'", "null", "http", "no.session", "1795501545123", "{}"),
            columns.formatted(
                "(select localpart from userapi_accounts where is_deactivated limit 1)",
                "null",
                "http",
                "deactivated",
                "1",
                "{}"));
  }

  @AfterAll
  static void drop() throws SQLException {
    migrated.close();
  }

  @Test
  void pushersOfDevicesAreCarriedWithTheirTimesInMilliseconds() throws SQLException {
    assertThat(
            migrated.rows(
                "select user_name, app_id, pushkey, device_id, ts, profile_tag, enabled,"
                    + " failing_since from pushers order by id"))
        .contains(
            "@alice:d.test:31448|org.judge.app|pushkey-alice|ALICEDEV1|1795501545000|work|t|",
            "@bob:d.test:31448|no.session|key||1795501545123||t|")
        .hasSize(5);
  }

  @Test
  void nothingOldIsPushedAgain() throws SQLException {
    assertThat(
            migrated.rows(
                "select count(*) from pushers"
                    + " where last_stream_ordering < (select max(stream_ordering) from events)"
                    + " or last_stream_ordering > (select last_value from events_stream_seq)"))
        .containsExactly("0");
  }

  @Test
  void theOthersAreNamedWithTheirReason() {
    assertThat(migrated.skipped("pushers"))
        .hasSize(6)
        .anyMatch(skipped -> skipped.contains("m.email: Dendrite never sent mail"))
        .anyMatch(skipped -> skipped.contains("pigeon: a pusher of a kind"))
        .anyMatch(skipped -> skipped.contains("broken: the data of the pusher"))
        .anyMatch(skipped -> skipped.contains("orphan: the device of the pusher"))
        .anyMatch(skipped -> skipped.contains("gone: the pusher's account"))
        .anyMatch(skipped -> skipped.contains("deactivated: the pusher's account"));
  }

  @Test
  void pushRulesOfTheRecordingAreTheDifferencesFromTheDefaults() throws SQLException {
    assertThat(migrated.rows("select user_name, rule_id, priority_class from push_rules"))
        .hasSize(8)
        .contains("@erin:d.test:31448|global/underride/.m.rule.message|-1");
    assertThat(
            migrated.rows(
                "select user_name, rule_id from push_rules_enable where enabled = 0 order by 2"))
        .containsExactly(
            "@alice:d.test:31448|global/content/off",
            "@alice:d.test:31448|global/override/.m.rule.suppress_notices",
            "@bob:d.test:31448|global/underride/.m.rule.call");
  }
}
