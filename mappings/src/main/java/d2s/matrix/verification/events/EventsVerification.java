package d2s.matrix.verification.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.EventVerification;
import d2s.matrix.verification.rows.ByKey;
import d2s.matrix.verification.rows.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
  private final Set<String> redactedByDendrite = new HashSet<>();
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
               %s as hash, e.is_rejected,
               -- The state before it is known, and it was not sent to clients.
               case when e.state_snapshot_nid <> 0 and not e.is_rejected and not e.sent_to_output
                    then not exists (select 1 from syncapi_output_room_events o where o.event_id = e.event_id)
                    else false end as soft_failed
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
        context.source(),
        // A redaction of an event in another room is none.
        """
        select d.redacts_event_id, j.event_json, r.room_version
        from roomserver_redactions d
        join roomserver_events t on t.event_id = d.redacts_event_id
        left join roomserver_events x on x.event_id = d.redaction_event_id
        left join roomserver_event_json j on j.event_nid = x.event_nid
        left join roomserver_rooms r on r.room_nid = x.room_nid
        where d.validated and coalesce(x.room_nid, t.room_nid) = t.room_nid
        """,
        row -> {
          String target = row.getString(1);
          String named = RedactionsVerification.named(row.getString(2), row.getString(3));
          if (named == null || named.equals(target)) {
            redactedByDendrite.add(target);
          }
        });
    Sql.each(
        context.target(),
        "select redacts from redactions",
        row -> redactedBySynapse.add(row.getString(1)));
  }

  @Override
  protected void look(Row synapse, Findings findings) throws SQLException {
    List<InDendrite> all = new ArrayList<>();
    synapse.rows().read(synapse.id(), "roomserver_events", row -> all.add(InDendrite.of(row)));
    Optional<InDendrite> dendrite = all.stream().max(likest(synapse));
    if (dendrite.isPresent()) {
      findings.looked();
      compare(dendrite.get(), synapse, findings);
    } else if (isThere(synapse)) {
      findings.looked();
      if (!invites.contains(synapse.id())) {
        findings.found(synapse.id(), "Dendrite has no such event");
      }
    }
    if (doubtful.size() >= DOUBTFUL_AT_ONCE) {
      readDoubtful(findings);
    }
  }

  /** With a broken index Dendrite can have an event or a room twice; Synapse has one of them. */
  private static Comparator<InDendrite> likest(Row synapse) {
    return Comparator.<InDendrite, Boolean>comparing(
            one -> synapse.event() != null && one.roomId().equals(synapse.event().roomId()))
        .thenComparing(
            one -> synapse.json() != null && Arrays.equals(one.hash(), synapse.json().hash()))
        .thenComparing(
            one -> synapse.event() != null && one.rejected() == synapse.event().rejected());
  }

  @Override
  protected void end(VerificationContext context, Findings findings) throws SQLException {
    readDoubtful(findings);
  }

  private static boolean isThere(Row synapse) {
    return synapse.event() != null && synapse.json() != null;
  }

  private void compare(InDendrite dendrite, Row synapse, Findings findings) throws SQLException {
    String id = synapse.id();
    boolean there = isThere(synapse);
    Optional<RoomVersion> version =
        versions.getOrDefault(
            there ? synapse.event().roomId() : dendrite.roomId(), Optional.empty());
    if (!there && version.isEmpty()) {
      // Whole rooms that are missing are the business of the verification of rooms.
      return;
    } else if (!there && dendrite.ofRepeatedRoom()) {
      findings.noted(id, "is left out: Dendrite has its room more than once");
    } else if (!there && !isNumber(dendrite.nid())) {
      findings.noted(id, "is left out: Dendrite has it under a number that no event can have");
    } else if (!there && dendrite.hash() == null) {
      findings.noted(id, LEFT_OUT);
    } else if (there && !dendrite.roomId().equals(synapse.event().roomId())) {
      findings.found(id, "is in another room");
    } else if (version.isEmpty() || dendrite.hash() == null) {
      findings.found(id, "Dendrite holds nothing of it that could be carried over");
    } else if (there && dendrite.rejected() != synapse.event().rejected()) {
      findings.found(id, "is rejected by one of the two servers only");
    } else if (there && dendrite.softFailed() != isSoftFailed(synapse.json())) {
      findings.found(id, "is kept from clients by one of the two servers only");
    } else if (!there
        || redactedByDendrite.contains(id)
        || !Arrays.equals(dendrite.hash(), synapse.json().hash())) {
      if (doubtful.containsKey(dendrite.nid())) {
        // With a broken index two events can have one number, and each is looked at.
        readDoubtful(findings);
      }
      doubtful.put(
          dendrite.nid(),
          new Doubtful(
              id,
              dendrite.roomId(),
              version.get(),
              redactedByDendrite.contains(id),
              there ? synapse.json() : null));
    }
  }

  /** Most events have no such flag, so that nothing has to be parsed. */
  private static boolean isSoftFailed(StoredJson json) {
    String metadata = json.internalMetadata();
    if (metadata == null || !metadata.contains("soft_failed")) {
      return false;
    }
    ObjectNode flags = EventJson.read(metadata);
    return flags != null && flags.path("soft_failed").asBoolean();
  }

  /** Dendrite counts from 1, and no column of Synapse goes beyond what JSON can count. */
  private static boolean isNumber(long eventNid) {
    return eventNid > 0 && eventNid < 1L << 53;
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
    } else if (EventContent.isPossible(event.id(), event.roomId(), json, event.version())) {
      findings.found(event.id(), "is missing");
    } else {
      findings.noted(event.id(), LEFT_OUT);
    }
  }

  private String finding(Doubtful event, String json) {
    ObjectNode before = EventContent.of(EventJson.read(json), event.version());
    ObjectNode after = EventContent.of(event.synapse().event(), event.version());
    if (before == null || after == null) {
      return "its JSON cannot be read";
    }
    if (!event.redacted() && before.equals(after)) {
      return null;
    }
    if (after.equals(EventContent.pruned(json, event.id(), event.version()))) {
      return event.redacted() || redactedBySynapse.contains(event.id())
          ? null
          : "has lost its content, though nothing redacted it";
    }
    return event.redacted() && before.equals(after)
        ? "was redacted, but its content is there"
        : "its content is not that in Dendrite";
  }
}
