package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Receipts, unread counts and notifications. */
class ReadingTest {

  private static final String PUBLIC_ROOM = "!AEps0gTxVSdRQkmI:d.test:31448";
  private static final String CHAT = "!wwpGfEOwcqjuOUos:d.test:31448";

  private static MigratedRecording migrated;

  @BeforeAll
  static void migrate() throws SQLException {
    migrated =
        MigratedRecording.of(
            "dendrite-0.13.8",
            // Events that are not here.
            receipt(PUBLIC_ROOM, "m.read.private", "@erin:d.test:31448", "$unknown"),
            receipt(PUBLIC_ROOM, "m.read", "@pia:p.test:31548", "$unknown"),
            receipt("!gone:d.test:31448", "m.read", "@erin:d.test:31448", "$unknown"),
            receipt(PUBLIC_ROOM, "org.seen", "@erin:d.test:31448", "$unknown"),
            // Dendrite noted the messages only after the receipt had come.
            "insert into syncapi_receipts (id, room_id, receipt_type, user_id, event_id, receipt_ts)"
                + " select nextval('syncapi_receipt_id'), room_id, 'm.read', '@grace:d.test:31448',"
                + " event_id, 1 from syncapi_output_room_events where room_id = '"
                + PUBLIC_ROOM
                + "' order by id desc limit 1",
            // Dendrite has removed the notifications, and goes on counting them.
            "delete from userapi_notifications where localpart = 'dave'",
            // A highlight that was read, and one that was not.
            "update userapi_notifications set highlight = true, read = true"
                + " where localpart = 'alice' and notification_json like '%\"highlight\"%'",
            "update userapi_notifications set highlight = true"
                + " where localpart = 'erin' and room_id = '"
                + CHAT
                + "' and event_id = (select max(event_id) from userapi_notifications"
                + " where localpart = 'erin' and not read and room_id = '"
                + CHAT
                + "')");
  }

  private static String receipt(String room, String type, String user, String event) {
    return "insert into syncapi_receipts (id, room_id, receipt_type, user_id, event_id, receipt_ts)"
        + " values (nextval('syncapi_receipt_id'), '%s', '%s', '%s', '%s', 1)"
            .formatted(room, type, user, event);
  }

  @AfterAll
  static void drop() throws SQLException {
    migrated.close();
  }

  @Test
  void receiptsKnowThePlaceOfTheirEvent() throws SQLException {
    assertThat(
            migrated.rows(
                "select receipt_type, event_stream_ordering, data, thread_id"
                    + " from receipts_linearized where user_id = '@dave:d.test:31448' order by 1"))
        .containsExactly(
            "m.read|687|{\"ts\":1795501544905}|", "m.read.private|695|{\"ts\":1795501544908}|");
    assertThat(
            migrated.rows(
                "select event_ids from receipts_graph where user_id = '@pia:p.test:31548'"))
        .containsExactly("[\"$unknown\"]");
    assertThat(
            migrated.rows(
                "select count(*), count(event_stream_ordering) from receipts_linearized"
                    + " where user_id = '@pia:p.test:31548'"))
        .containsExactly("1|0");
  }

  @Test
  void aReceiptThatWouldHideUnreadMessagesIsNamed() {
    assertThat(migrated.skipped("receipts"))
        .hasSize(3)
        .anyMatch(skipped -> skipped.contains(PUBLIC_ROOM + ": the receipt is for an event"))
        .anyMatch(skipped -> skipped.contains("!gone:d.test:31448: the receipt is for a room"))
        .anyMatch(skipped -> skipped.contains("org.seen: the receipt is of a kind"));
  }

  @Test
  void theCountsAreThoseThatDendriteShows() throws SQLException {
    String counts =
        "select user_id, room_id, notification_count from syncapi_notification_data"
            + " where notification_count > 0 order by 1, 2";
    assertThat(
            migrated.rows(
                "select user_id, room_id, sum(notif_count) from event_push_summary"
                    + " group by 1, 2 order by 1, 2"))
        .isEqualTo(migrated.sourceRows(counts))
        .contains("@dave:d.test:31448|" + PUBLIC_ROOM + "|34");
  }

  @Test
  void aSummaryIsBoundToTheNewestReceiptOrToNone() throws SQLException {
    assertThat(
            migrated.rows(
                "select distinct s.user_id, s.room_id from event_push_summary s"
                    + " where s.last_receipt_stream_ordering is distinct from ("
                    + "  select max(r.event_stream_ordering) from receipts_linearized r"
                    + "  where r.user_id = s.user_id and r.room_id = s.room_id)"))
        .isEmpty();
    assertThat(
            migrated.rows(
                "select count(*) from event_push_summary"
                    + " where last_receipt_stream_ordering is not null"))
        .doesNotContain("0");
  }

  @Test
  void notificationsInAThreadAreCountedForIt() throws SQLException {
    assertThat(
            migrated.rows(
                "select notif_count from event_push_summary where user_id = '@erin:d.test:31448'"
                    + " and room_id = '"
                    + CHAT
                    + "' and thread_id like '$%'"))
        .isNotEmpty();
    assertThat(
            migrated.rows(
                "select a.event_id from event_push_actions a where a.thread_id <> 'main'"
                    + " and not exists (select 1 from event_relations r"
                    + "  where r.event_id = a.event_id and r.relates_to_id = a.thread_id"
                    + "  and r.relation_type = 'm.thread')"))
        .isEmpty();
  }

  @Test
  void highlightsAreListedAlsoWhenReadAndCountedOnlyWhenNot() throws SQLException {
    String behindReceipt =
        "select a.user_id, a.stream_ordering <= coalesce((select max(r.event_stream_ordering)"
            + " from receipts_linearized r where r.user_id = a.user_id and r.room_id = a.room_id),"
            + " 0) as read from event_push_actions a where a.highlight = 1 order by 1, 2";
    assertThat(migrated.rows(behindReceipt))
        .contains("@erin:d.test:31448|f")
        .doesNotContain("@alice:d.test:31448|f");
    assertThat(migrated.rows("select count(*) from event_push_actions where notif <> 1"))
        .containsExactly("0");
  }

  @Test
  void whatStandsBeforeTheReceiptIsCountedAsDendriteDoesButNotListed() throws SQLException {
    String graces = " where user_id = '@grace:d.test:31448' and room_id = '" + PUBLIC_ROOM + "'";
    assertThat(migrated.rows("select notif_count from event_push_summary" + graces))
        .containsExactly("38");
    assertThat(migrated.rows("select event_id from event_push_actions" + graces)).isEmpty();
  }

  @Test
  void synapseFindsNothingLeftToCount() throws SQLException {
    assertThat(
            migrated.rows(
                "select (select stream_ordering from event_push_summary_stream_ordering)"
                    + " = (select max(stream_ordering) from events),"
                    + " (select stream_id from event_push_summary_last_receipt_stream_id)"
                    + " = (select max(stream_id) from receipts_linearized)"))
        .containsExactly("t|t");
  }
}
