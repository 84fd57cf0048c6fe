package d2s.switchover.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.switchover.server.TransactionRecorder.Transaction;
import d2s.switchover.store.Component;
import d2s.switchover.store.DendriteStore;
import d2s.testing.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at everything that the peer accepts in transactions after the switch. Each event, and each
 * EDU that can be told from others, must come once, and must be one that waited for the peer while
 * it was down or one that is new. What the peer asks for comes in answers, not in transactions.
 */
public final class PeerTraffic {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Dendrite appends the ID to the event in its queue. */
  private static final Pattern EVENT_ID = Pattern.compile("\"_event_id\":\"([^\"]+)\"");

  private static final String QUEUED_EVENTS =
      "SELECT json_body"
          + " FROM federationsender_queue_pdus JOIN federationsender_queue_json USING (json_nid)"
          + " WHERE server_name = '%s'";

  private static final String QUEUED_EDUS =
      "SELECT json_body"
          + " FROM federationsender_queue_edus JOIN federationsender_queue_json USING (json_nid)"
          + " WHERE server_name = '%s'";

  private static final String NEWEST_DEVICE_CHANGE =
      "SELECT greatest((SELECT coalesce(max(stream_id), 0) FROM device_lists_stream),"
          + " (SELECT coalesce(max(stream_id), 0) FROM device_lists_outbound_pokes))";

  private final TransactionRecorder recorder;
  private final Set<String> ofBefore;
  private final Set<String> queuedEvents;
  private final Set<String> queuedDeviceChanges = new HashSet<>();
  private final Set<String> receivedMessages;
  private final Set<String> receivedReceipts;
  private long newestDeviceChange;

  /**
   * Begins to look; the peer must be down and Dendrite at rest.
   *
   * @param recorder hears what the peer accepts
   */
  public PeerTraffic(
      TransactionRecorder recorder, String peerName, DendriteStore dendrite, TestDatabase peer)
      throws SQLException, IOException {
    this.recorder = recorder;
    recorder.forget();
    ofBefore =
        new HashSet<>(
            dendrite.rows(Component.ROOM_SERVER, "SELECT event_id FROM roomserver_events"));
    queuedEvents = new HashSet<>();
    for (String event :
        dendrite.rows(Component.FEDERATION_API, QUEUED_EVENTS.formatted(peerName))) {
      Matcher id = EVENT_ID.matcher(event);
      if (!id.find()) {
        throw new IllegalStateException("an event in Dendrite's queue has no ID");
      }
      queuedEvents.add(id.group(1));
    }
    for (String edu : dendrite.rows(Component.FEDERATION_API, QUEUED_EDUS.formatted(peerName))) {
      JsonNode content = JSON.readTree(edu).path("content");
      queuedDeviceChanges.add(deviceOf(content));
    }
    receivedMessages = new HashSet<>(peer.rows("SELECT message_id FROM device_federation_inbox"));
    receivedReceipts =
        new HashSet<>(
            peer.rows(
                "SELECT room_id || ' ' || receipt_type || ' ' || user_id || ' ' || event_id"
                    + " FROM receipts_linearized"));
  }

  /** The home server is migrated, and Synapse not started yet. */
  public void migrated(TestDatabase synapse) throws SQLException {
    newestDeviceChange = Long.parseLong(synapse.rows(NEWEST_DEVICE_CHANGE).get(0));
  }

  /** How many events waited for the peer in Dendrite. */
  public int queued() {
    return queuedEvents.size();
  }

  /** The IDs of the events that came, in any order. */
  public List<String> events() {
    List<String> events = new ArrayList<>();
    recorder.accepted().forEach(transaction -> events.addAll(transaction.eventIds()));
    return events;
  }

  /** How many EDUs of each type came. */
  public Map<String, Integer> edus() {
    Map<String, Integer> edus = new TreeMap<>();
    for (Transaction transaction : recorder.accepted()) {
      for (JsonNode edu : transaction.content().path("edus")) {
        edus.merge(edu.path("edu_type").asText(), 1, Integer::sum);
      }
    }
    return edus;
  }

  /** Everything that came and should not have, one line each. */
  public List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Transaction transaction : recorder.accepted()) {
      if (transaction.content().path("pdus").size() != transaction.eventIds().size()) {
        wrong.add("a transaction holds an event twice, or one without a room");
      }
      for (String event : transaction.eventIds()) {
        if (!seen.add(event)) {
          wrong.add("event " + event + " came twice");
        }
        if (ofBefore.contains(event) && !queuedEvents.contains(event)) {
          wrong.add("event " + event + " is old and did not wait for the peer");
        }
      }
      for (JsonNode edu : transaction.content().path("edus")) {
        check(edu.path("edu_type").asText(), edu.path("content"), seen, wrong);
      }
    }
    return wrong;
  }

  private void check(String type, JsonNode content, Set<String> seen, List<String> wrong) {
    switch (type) {
      case "m.direct_to_device" -> {
        String message = content.path("message_id").asText();
        once("message to devices " + message, seen, wrong);
        if (receivedMessages.contains(message)) {
          wrong.add("message to devices " + message + " had come before the switch");
        }
      }
      case "m.device_list_update" -> {
        long number = content.path("stream_id").asLong();
        once("change " + number + " of device " + deviceOf(content), seen, wrong);
        if (number <= newestDeviceChange && !queuedDeviceChanges.contains(deviceOf(content))) {
          wrong.add("a change of device " + deviceOf(content) + " did not wait for the peer");
        }
      }
      case "m.receipt" -> {
        for (String receipt : receiptsOf(content)) {
          once("receipt " + receipt, seen, wrong);
          if (receivedReceipts.contains(receipt)) {
            wrong.add("receipt " + receipt + " had come before the switch");
          }
        }
      }
      default -> {
        // Who is there and who writes may be said again.
      }
    }
  }

  private static void once(String what, Set<String> seen, List<String> wrong) {
    if (!seen.add(what)) {
      wrong.add(what + " came twice");
    }
  }

  private static String deviceOf(JsonNode content) {
    return content.path("user_id").asText() + " " + content.path("device_id").asText();
  }

  private static List<String> receiptsOf(JsonNode content) {
    List<String> receipts = new ArrayList<>();
    content
        .properties()
        .forEach(
            room ->
                room.getValue()
                    .properties()
                    .forEach(
                        type ->
                            type.getValue()
                                .properties()
                                .forEach(
                                    user ->
                                        user.getValue()
                                            .path("event_ids")
                                            .forEach(
                                                event ->
                                                    receipts.add(
                                                        String.join(
                                                            " ",
                                                            room.getKey(),
                                                            type.getKey(),
                                                            user.getKey(),
                                                            event.asText()))))));
    return receipts;
  }
}
