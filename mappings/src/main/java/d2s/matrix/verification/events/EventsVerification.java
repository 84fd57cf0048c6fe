package d2s.matrix.verification.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.EventId;
import d2s.matrix.event.MalformedEventException;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.ByKey;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.EventVerification;
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
public final class EventsVerification extends EventVerification {

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
  protected void addTo(ByKey events, VerificationContext context) throws SQLException {
    events.with(
        "roomserver_events",
        context.source(),
        """
        select e.event_id, r.room_id, r.room_nid <> r.first_nid as of_repeated_room, j.event_json,
               exists (select 1 from roomserver_redactions d
                       where d.redacts_event_id = e.event_id and d.validated) as redacted
        from roomserver_events e
        join (
          select room_nid, room_id, min(room_nid) over (partition by room_id) as first_nid from roomserver_rooms
        ) r using (room_nid)
        left join roomserver_event_json j using (event_nid)
        """);
  }

  @Override
  protected void start(VerificationContext context) throws SQLException {
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
  }

  /** Dendrite can have an event several times, with a broken index; Synapse has one of them. */
  @Override
  protected void look(Row synapse, Findings findings) throws SQLException {
    boolean[] met = new boolean[1];
    synapse
        .rows()
        .read(
            synapse.id(),
            "roomserver_events",
            dendrite -> {
              if (!met[0]) {
                met[0] = true;
                compare(dendrite, synapse, findings);
              }
            });
    if (!met[0] && isThere(synapse)) {
      findings.looked();
      if (!invites.contains(synapse.id())) {
        findings.found(synapse.id(), "Dendrite has no such event");
      }
    }
  }

  private static boolean isThere(Row synapse) {
    return synapse.event() != null && synapse.json() != null;
  }

  private void compare(ResultSet dendrite, Row synapse, Findings findings) throws SQLException {
    String id = synapse.id();
    findings.looked();
    if (isThere(synapse)) {
      String wrong = finding(dendrite, synapse);
      if (wrong != null) {
        findings.found(id, wrong);
      }
    } else if (!rooms.containsKey(dendrite.getString("room_id"))) {
      // Whole rooms that are missing are the business of the verification of rooms.
      return;
    } else if (dendrite.getBoolean("of_repeated_room")) {
      findings.noted(id, "is left out: Dendrite has its room more than once");
    } else if (!isPossible(id, dendrite)) {
      findings.noted(id, "is left out: its JSON is lost, or Synapse could not read or index it");
    } else {
      findings.found(id, "is missing");
    }
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

  private String finding(ResultSet dendrite, Row synapse) throws SQLException {
    String id = synapse.id();
    String json = dendrite.getString("event_json");
    if (!dendrite.getString("room_id").equals(synapse.event().roomId())) {
      return "is in another room";
    }
    RoomVersion version = rooms.get(synapse.event().roomId());
    if (version == null || json == null) {
      return "Dendrite holds nothing of it that could be carried over";
    }
    boolean redacted = dendrite.getBoolean("redacted");
    if (!redacted && json.equals(synapse.json().text())) {
      return null;
    }
    ObjectNode before = comparable(EventJson.read(json), version);
    ObjectNode after = comparable(synapse.json().event(), version);
    if (before == null || after == null) {
      return "its JSON cannot be read";
    }
    if (!redacted && before.equals(after)) {
      return null;
    }
    if (after.equals(pruned(json, id, version))) {
      return redacted || redactedBySynapse.contains(id)
          ? null
          : "has lost its content, though nothing redacted it";
    }
    return redacted && before.equals(after)
        ? "was redacted, but its content is there"
        : "its content is not that in Dendrite";
  }

  /** Without what is not part of the event, or is written differently by the two servers. */
  private static ObjectNode comparable(ObjectNode json, RoomVersion version) {
    if (json == null) {
      return null;
    }
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.setAll(json);
    event.remove("unsigned");
    if (!version.isEventIdAssigned()) {
      event.remove("event_id");
    }
    if (version.isRoomNamedAfterCreateEvent()
        && "m.room.create".equals(EventJson.text(event, "type"))) {
      event.remove("room_id");
    }
    return event;
  }

  private static ObjectNode pruned(String json, String id, RoomVersion version) {
    try {
      String pruned = Pdu.parse(json, id, version).redacted().getStoredJson();
      return comparable(EventJson.read(pruned), version);
    } catch (MalformedEventException e) {
      return null;
    }
  }
}
