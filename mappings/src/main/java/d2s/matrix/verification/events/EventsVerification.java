package d2s.matrix.verification.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.EventId;
import d2s.matrix.event.MalformedEventException;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.Merge;
import d2s.matrix.verification.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the events of the two databases against each other, id by id and member by member.
 *
 * <p>The id of an event does not cover most of its content, so events that are right by their id
 * can still have lost it, or have it back although it was redacted.
 */
public final class EventsVerification implements Verification {

  /** In bytes, for what d2s leaves out; PostgreSQL's own limit of an index entry is 2,704. */
  private static final int LONGEST_RELATION = 2_500;

  private final Map<String, RoomVersion> rooms = new HashMap<>();
  private final Set<String> invites = new HashSet<>();
  private final Set<String> redactedBySynapse = new HashSet<>();

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String proves() {
    return "Every event is there with its content or without it if it was redacted.";
  }

  @Override
  public List<String> tables() {
    return List.of("events", "event_json");
  }

  @Override
  public int passes() {
    return 3;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Sql.each(
        context.target(),
        "select room_id, room_version from rooms",
        row -> {
          Optional<RoomVersion> version = RoomVersion.of(row.getString(2));
          if (version.isPresent()) {
            rooms.put(row.getString(1), version.get());
          }
        });
    Sql.each(
        context.source(),
        "select invite_event_id from roomserver_invites where not retired",
        row -> invites.add(row.getString(1)));
    Sql.each(
        context.target(),
        "select redacts from redactions",
        row -> redactedBySynapse.add(row.getString(1)));
    Merge.of(
        context,
        """
        select e.event_id as key, r.room_id, r.room_nid <> r.first_nid as of_repeated_room, j.event_json,
               exists (select 1 from roomserver_redactions d
                       where d.redacts_event_id = e.event_id and d.validated) as redacted
        from roomserver_events e
        join (
          select room_nid, room_id, min(room_nid) over (partition by room_id) as first_nid from roomserver_rooms
        ) r using (room_nid)
        left join roomserver_event_json j using (event_nid)
        """,
        """
        select e.event_id as key, e.room_id, j.json
        from events e
        join event_json j on j.event_id = e.event_id
        """,
        (id, dendrite, synapse) -> {
          findings.looked();
          if (synapse == null && !rooms.containsKey(dendrite.getString("room_id"))) {
            // Whole rooms that are missing are the business of the verification of rooms.
            return;
          }
          if (synapse == null && dendrite.getBoolean("of_repeated_room")) {
            findings.noted(id, "is left out: Dendrite has its room more than once");
            return;
          }
          if (synapse == null && !isPossible(id, dendrite)) {
            findings.noted(
                id, "is left out: its JSON is lost, or Synapse could not read or index it");
            return;
          }
          String wrong = synapse == null ? "is missing" : finding(id, dendrite, synapse);
          if (wrong != null) {
            findings.found(id, wrong);
          }
        });
  }

  /** Whether Synapse can have the event. */
  private boolean isPossible(String id, ResultSet dendrite) throws SQLException {
    String json = dendrite.getString("event_json");
    String room = dendrite.getString("room_id");
    try {
      Pdu pdu = json == null ? null : Pdu.parse(json, id, rooms.get(room));
      return pdu != null
          && pdu.getIncompatibility() == null
          && room.equals(pdu.getRoomId())
          && EventId.of(pdu).equals(id)
          && isRelationIndexable(json);
    } catch (MalformedEventException e) {
      return false;
    }
  }

  /** Synapse has an index of all that an event says of its relation to another. */
  private static boolean isRelationIndexable(String json) {
    JsonNode relation = EventJson.read(json).path("content").path("m.relates_to");
    int length = 0;
    for (String member : List.of("event_id", "rel_type", "key")) {
      length += relation.path(member).asText().getBytes(StandardCharsets.UTF_8).length;
    }
    return length <= LONGEST_RELATION;
  }

  private String finding(String id, ResultSet dendrite, ResultSet synapse) throws SQLException {
    if (dendrite == null) {
      return invites.contains(id) ? null : "Dendrite has no such event";
    }
    if (!dendrite.getString("room_id").equals(synapse.getString("room_id"))) {
      return "is in another room";
    }
    RoomVersion version = rooms.get(synapse.getString("room_id"));
    if (version == null || dendrite.getString("event_json") == null) {
      return "Dendrite holds nothing of it that could be carried over";
    }
    boolean redacted = dendrite.getBoolean("redacted");
    if (!redacted && dendrite.getString("event_json").equals(synapse.getString("json"))) {
      return null;
    }
    ObjectNode before = comparable(dendrite.getString("event_json"), version);
    ObjectNode after = comparable(synapse.getString("json"), version);
    if (before == null || after == null) {
      return "its JSON cannot be read";
    }
    if (!redacted && before.equals(after)) {
      return null;
    }
    if (after.equals(pruned(dendrite.getString("event_json"), id, version))) {
      return redacted || redactedBySynapse.contains(id)
          ? null
          : "has lost its content, though nothing redacted it";
    }
    return redacted && before.equals(after)
        ? "was redacted, but its content is there"
        : "its content is not that in Dendrite";
  }

  /** Without what is not part of the event, or is written differently by the two servers. */
  private static ObjectNode comparable(String json, RoomVersion version) {
    ObjectNode event = EventJson.read(json);
    if (event != null) {
      event.remove("unsigned");
      if (!version.isEventIdAssigned()) {
        event.remove("event_id");
      }
      if (version.isRoomNamedAfterCreateEvent()
          && "m.room.create".equals(EventJson.text(event, "type"))) {
        event.remove("room_id");
      }
    }
    return event;
  }

  private static ObjectNode pruned(String json, String id, RoomVersion version) {
    try {
      String pruned = Pdu.parse(json, id, version).redacted().getStoredJson();
      return comparable(pruned, version);
    } catch (MalformedEventException e) {
      return null;
    }
  }
}
