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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

  private static final String LEFT_OUT =
      "is left out: its JSON is lost, or Synapse could not read or index it";

  /** So many are in memory at a time. */
  private static final int DOUBTFUL_AT_ONCE = 200;

  /**
   * An event of Dendrite whose JSON has to be looked at.
   *
   * @param synapse its JSON in Synapse; null if it is not there
   */
  private record Doubtful(
      String id, String roomId, RoomVersion version, boolean redacted, StoredJson synapse) {}

  private final Map<Long, Doubtful> doubtful = new LinkedHashMap<>();
  private Map<String, Optional<RoomVersion>> versions = Map.of();
  private Connection source;
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

  /**
   * The JSON stays in the database and only its hash is read: almost every event is the same on
   * both sides, byte by byte, and to sort the hashes takes a third of the time.
   */
  @Override
  protected void addTo(ByKey events, VerificationContext context) throws SQLException {
    events.with(
        "roomserver_events",
        context.source(),
        """
        select e.event_id, e.event_nid, r.room_id, r.room_nid <> r.first_nid as of_repeated_room,
               %s as hash,
               exists (select 1 from roomserver_redactions d
                       where d.redacts_event_id = e.event_id and d.validated) as redacted
        from roomserver_events e
        join (
          select room_nid, room_id, min(room_nid) over (partition by room_id) as first_nid from roomserver_rooms
        ) r using (room_nid)
        left join roomserver_event_json j using (event_nid)
        """
            .formatted(HASH.formatted("j.event_json")));
  }

  @Override
  protected void start(VerificationContext context, Map<String, Optional<RoomVersion>> rooms)
      throws SQLException {
    source = context.source();
    versions = rooms;
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
                findings.looked();
                compare(dendrite, synapse, findings);
              }
            });
    if (!met[0] && isThere(synapse)) {
      findings.looked();
      if (!invites.contains(synapse.id())) {
        findings.found(synapse.id(), "Dendrite has no such event");
      }
    }
    if (doubtful.size() >= DOUBTFUL_AT_ONCE) {
      readDoubtful(findings);
    }
  }

  @Override
  protected void end(VerificationContext context, Findings findings) throws SQLException {
    readDoubtful(findings);
  }

  private static boolean isThere(Row synapse) {
    return synapse.event() != null && synapse.json() != null;
  }

  private void compare(ResultSet dendrite, Row synapse, Findings findings) throws SQLException {
    String id = synapse.id();
    String roomId = dendrite.getString("room_id");
    boolean there = isThere(synapse);
    Optional<RoomVersion> version =
        versions.getOrDefault(there ? synapse.event().roomId() : roomId, Optional.empty());
    byte[] hash = dendrite.getBytes("hash");
    if (!there && version.isEmpty()) {
      // Whole rooms that are missing are the business of the verification of rooms.
      return;
    } else if (!there && dendrite.getBoolean("of_repeated_room")) {
      findings.noted(id, "is left out: Dendrite has its room more than once");
    } else if (!there && hash == null) {
      findings.noted(id, LEFT_OUT);
    } else if (there && !roomId.equals(synapse.event().roomId())) {
      findings.found(id, "is in another room");
    } else if (version.isEmpty() || hash == null) {
      findings.found(id, "Dendrite holds nothing of it that could be carried over");
    } else {
      boolean redacted = dendrite.getBoolean("redacted");
      if (!there || redacted || !Arrays.equals(hash, synapse.json().hash())) {
        doubtful.put(
            dendrite.getLong("event_nid"),
            new Doubtful(id, roomId, version.get(), redacted, there ? synapse.json() : null));
      }
    }
  }

  private void readDoubtful(Findings findings) throws SQLException {
    try (PreparedStatement statement =
        source.prepareStatement(
            "select event_nid, event_json from roomserver_event_json where event_nid = any (?)")) {
      statement.setArray(1, source.createArrayOf("bigint", doubtful.keySet().toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Doubtful event = doubtful.remove(rows.getLong(1));
          if (event != null) {
            look(event, rows.getString(2), findings);
          }
        }
      }
    }
    doubtful.clear();
  }

  private void look(Doubtful event, String json, Findings findings) {
    if (event.synapse() != null) {
      String wrong = finding(event, json);
      if (wrong != null) {
        findings.found(event.id(), wrong);
      }
    } else if (isPossible(event, json)) {
      findings.found(event.id(), "is missing");
    } else {
      findings.noted(event.id(), LEFT_OUT);
    }
  }

  /** Whether Synapse can have the event. */
  private static boolean isPossible(Doubtful event, String json) {
    try {
      Pdu pdu = Pdu.parse(json, event.id(), event.version());
      return pdu.getIncompatibility() == null
          && event.roomId().equals(pdu.getRoomId())
          && EventId.of(pdu).equals(event.id())
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

  private String finding(Doubtful event, String json) {
    ObjectNode before = comparable(EventJson.read(json), event.version());
    ObjectNode after = comparable(event.synapse().event(), event.version());
    if (before == null || after == null) {
      return "its JSON cannot be read";
    }
    if (!event.redacted() && before.equals(after)) {
      return null;
    }
    if (after.equals(pruned(json, event.id(), event.version()))) {
      return event.redacted() || redactedBySynapse.contains(event.id())
          ? null
          : "has lost its content, though nothing redacted it";
    }
    return event.redacted() && before.equals(after)
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
