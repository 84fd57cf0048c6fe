package d2s.switchover;

import d2s.switchover.server.Eventually;
import d2s.switchover.store.Component;
import d2s.switchover.store.DendriteStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Waits until a Dendrite that nobody talks to has nothing left to do: every event has come out of
 * its room server, and nothing changes any more.
 */
final class Quiescence {
  /**
   * Events that come out of the room server. Redactions do not count: the part that serves /sync
   * never consumes those that Dendrite ignores.
   */
  private static final String PRODUCED =
      "SELECT event_id FROM roomserver_events WHERE sent_to_output AND event_type_nid <> 6";

  private static final String CONSUMED = "SELECT event_id FROM syncapi_output_room_events";

  /** Grows with whatever is done: notifications, receipts, messages to devices, queues. */
  private static final Map<Component, String> PROGRESS =
      Map.of(
          Component.ROOM_SERVER,
          "SELECT max(event_nid) FROM roomserver_events",
          Component.SYNC_API,
          "SELECT (SELECT max(id) FROM syncapi_output_room_events),"
              + " (SELECT max(id) FROM syncapi_send_to_device),"
              + " (SELECT max(id) FROM syncapi_receipts),"
              + " (SELECT max(id) FROM syncapi_account_data_type)",
          Component.USER_API,
          "SELECT max(id) FROM userapi_notifications",
          Component.KEY_SERVER,
          "SELECT max(change_id) FROM keyserver_key_changes",
          Component.FEDERATION_API,
          "SELECT max(json_nid) FROM federationsender_queue_json");

  private static final int UNCHANGED_TIMES = 30;

  private Quiescence() {}

  static void of(DendriteStore dendrite) {
    List<Set<String>> progress = new ArrayList<>();
    Eventually.isTrue(
        "Dendrite has nothing left to do",
        () -> {
          Set<String> now = progress(dendrite);
          if (!isConsumed(dendrite) || (!progress.isEmpty() && !progress.get(0).equals(now))) {
            progress.clear();
          }
          progress.add(now);
          return progress.size() > UNCHANGED_TIMES;
        });
  }

  private static Set<String> progress(DendriteStore dendrite) {
    Set<String> progress = new HashSet<>();
    PROGRESS.forEach(
        (component, sql) -> progress.add(component + " " + dendrite.rows(component, sql)));
    return progress;
  }

  private static boolean isConsumed(DendriteStore dendrite) {
    return Set.copyOf(dendrite.rows(Component.SYNC_API, CONSUMED))
        .containsAll(dendrite.rows(Component.ROOM_SERVER, PRODUCED));
  }
}
