package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Redactions from another server in a room of version 11, which Dendrite ignores. */
class IgnoredRedactionsTest {

  /** The peer redacts its own message. */
  private static final String BY_THE_PEER = "$2gMG6I9CJJ01PIqcmxsRivEz4uAvc81AshEdjhpTUlI";

  private static final String MESSAGE = "$KSzo4StyiuQmbTO4rTYCllxt0NBo0gD-j2xGu9I4880";

  /** Dave, who made the room, redacts a message of his. */
  private static final String BY_DAVE = "$Bwm3QEHHfMU3AcWeAU29aWR8ayjeMhm3nVr_JkU1Qas";

  private static final String DAVES_MESSAGE = "$3qBhFiqZ48-mLv1RVZ6H7g0UjA-ilOFavlEPdjeiawI";

  private static MigratedRecording asRecorded;
  private static MigratedRecording withoutTargets;

  @BeforeAll
  static void migrate() throws SQLException {
    asRecorded = MigratedRecording.of("dendrite-0.13.8");
    String targets = "('" + MESSAGE + "', '" + DAVES_MESSAGE + "')";
    withoutTargets =
        MigratedRecording.of(
            "dendrite-0.13.8",
            "update roomserver_redactions set redacts_event_id = '', validated = false"
                + " where redaction_event_id = '"
                + BY_DAVE
                + "'",
            "delete from roomserver_event_json where event_nid in"
                + " (select event_nid from roomserver_events where event_id in "
                + targets
                + ")",
            "delete from roomserver_events where event_id in " + targets,
            "delete from syncapi_output_room_events where event_id in " + targets);
  }

  @AfterAll
  static void drop() throws SQLException {
    asRecorded.close();
    withoutTargets.close();
  }

  @Test
  void anAllowedOneIsApplied() throws SQLException {
    assertThat(
            asRecorded.rows(
                "select redacts, have_censored, recheck from redactions where event_id = '"
                    + BY_THE_PEER
                    + "'"))
        .containsExactly(MESSAGE + "|t|f");
    assertThat(
            asRecorded.rows(
                "select json like '%\"content\":{},%' from event_json where event_id = '"
                    + MESSAGE
                    + "'"))
        .containsExactly("t");
    assertThat(
            asRecorded.rows("select event_id from event_search where event_id = '" + MESSAGE + "'"))
        .isEmpty();
    assertThat(
            asRecorded.sourceRows(
                "select event_json like '%\"body\"%' from roomserver_event_json"
                    + " join roomserver_events using (event_nid) where event_id = '"
                    + MESSAGE
                    + "'"))
        .as("Dendrite has kept what the message said")
        .containsExactly("t");
  }

  @Test
  void oneWhoseTargetIsMissingWaitsAndIsCheckedWhenItComes() throws SQLException {
    assertThat(
            withoutTargets.rows(
                "select redacts, have_censored, recheck, internal_metadata from redactions"
                    + " join event_json using (event_id) where event_id = '"
                    + BY_THE_PEER
                    + "'"))
        .containsExactly(MESSAGE + "|f|t|{\"recheck_redaction\":true}");
  }

  @Test
  void whoHasThePowerInTheStateBeforeNeedsNoCheck() throws SQLException {
    assertThat(
            withoutTargets.rows(
                "select redacts, have_censored, recheck, internal_metadata like '%recheck%'"
                    + " from redactions join event_json using (event_id) where event_id = '"
                    + BY_DAVE
                    + "'"))
        .containsExactly(DAVES_MESSAGE + "|f|f|f");
  }

  @Test
  void theOthersAreAsBefore() throws SQLException {
    assertThat(asRecorded.rows("select count(*) from redactions where have_censored and recheck"))
        .containsExactly("0");
    assertThat(asRecorded.rows("select count(*) from redactions")).containsExactly("40");
  }
}
