package d2s.switchover;

import d2s.switchover.server.Eventually;
import d2s.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Waits until a Dendrite that nobody talks to has nothing left to do: every event has come out of
 * its room server, and nothing changes any more.
 */
final class Quiescence {
  /**
   * Events whose output the part that serves /sync has not consumed yet. Redactions do not count:
   * it never consumes those that Dendrite ignores.
   */
  private static final String UNCONSUMED =
      "SELECT count(*) FROM roomserver_events e"
          + " WHERE sent_to_output AND event_type_nid <> 6 AND NOT EXISTS"
          + " (SELECT 1 FROM syncapi_output_room_events o WHERE o.event_id = e.event_id)";

  /** Grows with whatever is done: notifications, receipts, messages to devices, queues. */
  private static final String PROGRESS =
      "SELECT (SELECT max(event_nid) FROM roomserver_events),"
          + " (SELECT max(id) FROM syncapi_output_room_events),"
          + " (SELECT max(id) FROM userapi_notifications),"
          + " (SELECT max(id) FROM syncapi_send_to_device),"
          + " (SELECT max(id) FROM syncapi_receipts),"
          + " (SELECT max(id) FROM syncapi_account_data_type),"
          + " (SELECT max(change_id) FROM keyserver_key_changes),"
          + " (SELECT max(json_nid) FROM federationsender_queue_json)";

  private static final int UNCHANGED_TIMES = 30;

  private Quiescence() {}

  static void of(TestDatabase dendrite) {
    List<String> progress = new ArrayList<>();
    Eventually.isTrue(
        "Dendrite has nothing left to do",
        () -> {
          boolean consumed = row(dendrite, UNCONSUMED).equals("0");
          String now = row(dendrite, PROGRESS);
          if (!consumed || (!progress.isEmpty() && !progress.get(0).equals(now))) {
            progress.clear();
          }
          progress.add(now);
          return progress.size() > UNCHANGED_TIMES;
        });
  }

  private static String row(TestDatabase database, String sql) {
    try {
      return database.rows(sql).get(0);
    } catch (SQLException e) {
      throw new IllegalStateException("Dendrite's database does not answer", e);
    }
  }
}
