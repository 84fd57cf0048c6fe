package d2s.matrix.verification.rooms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.matrix.event.EventId;
import d2s.matrix.event.MalformedEventException;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.SameRows;
import d2s.matrix.verification.rows.Merge;
import d2s.matrix.verification.rows.Sql;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code rooms}. The create event says what version a room has and who made it; rooms that are
 * known only by an invite have none. Without a version, Synapse knows nobody in the room.
 */
public final class RoomsVerification implements Verification {

  private static final Set<String> VERSIONS_12 = Set.of("12", "org.matrix.hydra.11");

  @Override
  public String name() {
    return "rooms";
  }

  @Override
  public String proves() {
    return "Every room is there with its version and its place in the directory.";
  }

  @Override
  public List<String> tables() {
    return List.of("rooms");
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    // The first table of the first release that surely has rooms of version 12.
    boolean knows12 = Sql.has(context.target(), "room_ban_redactions");
    Merge.of(
        context,
        """
        select distinct on (r.room_id) r.room_id as key, r.room_version, c.event_id, c.jsons, c.shared,
               exists (select 1 from roomserver_redactions x
                       where x.redacts_event_id = c.event_id and x.validated) as redacted,
               r.state_snapshot_nid = 0 and cardinality(r.latest_event_nids) = 0 as stub,
               exists (select 1 from roomserver_published p
                       where p.room_id = r.room_id and p.appservice_id = '' and p.published) as is_public
        from roomserver_rooms r
        left join (
          -- Its JSON can be there several times.
          select distinct on (e.room_nid) e.room_nid, e.event_id,
                 exists (select 1 from roomserver_events x
                         where x.event_nid = e.event_nid and x.event_id <> e.event_id) as shared,
                 array(select j.event_json from roomserver_event_json j where j.event_nid = e.event_nid) as jsons
          from roomserver_events e
          -- Numbers beyond these are damage, and Synapse has no such event.
          where e.event_type_nid = 1 and not e.is_rejected and e.event_nid between 1 and 9007199254740991
          order by e.room_nid, e.event_nid
        ) c using (room_nid)
        order by r.room_id, r.room_nid
        """,
        "select r.room_id as key, r.room_version, r.is_public, r.creator from rooms r",
        (room, dendrite, synapse) -> {
          findings.looked();
          String damage = dendrite != null && synapse == null ? damage(dendrite, knows12) : null;
          if (damage != null) {
            findings.noted(room, damage);
            return;
          }
          String wrong =
              dendrite == null ? "Dendrite has no such room" : finding(dendrite, synapse);
          if (wrong != null) {
            findings.found(room, wrong);
          }
        });
    SameRows.compare(
        context,
        findings,
        "room of an application service",
        List.of("appservice_room_list"),
        """
        select p.appservice_id || ' ' || p.network_id || ' ' || p.room_id as key, p.room_id as of_room
        from roomserver_published p where p.published and p.appservice_id <> ''
        """,
        "select appservice_id || ' ' || network_id || ' ' || room_id as key from appservice_room_list");
  }

  /** What the create event says, or else what stands beside it: a redaction removes it. */
  private static String version(ResultSet dendrite, ObjectNode create) throws SQLException {
    String column = dendrite.getString("room_version");
    if (create == null || create.path("content").has("room_version")) {
      return create == null ? column : create.path("content").path("room_version").asText();
    }
    // Ids of versions 1 and 2 name their server; later ones are hashes.
    return dendrite.getString("event_id").indexOf(':') > 0 ? "1" : column;
  }

  /** Why Synapse cannot have the room; null if it should. */
  private static String damage(ResultSet dendrite, boolean knows12) throws SQLException {
    String json = json(dendrite);
    ObjectNode create = json == null ? null : EventJson.read(json);
    String name = version(dendrite, create);
    RoomVersion version = RoomVersion.of(name).filter(RoomVersion::isKnownToSynapse).orElse(null);
    if (version == null) {
      return "is left out: Synapse does not know its version " + name;
    }
    if (VERSIONS_12.contains(name) && !knows12) {
      return "is left out: this release of Synapse does not know its version " + name;
    }
    if (create == null) {
      return dendrite.getBoolean("stub") && dendrite.getString("event_id") == null
          ? null
          : "is left out: the event that it began with is lost";
    }
    if (dendrite.getBoolean("shared")) {
      return "is left out: the event that it began with has the number of another event";
    }
    return isUsable(json, dendrite)
        ? null
        : "is left out: Synapse could not read the event that it began with";
  }

  /** The JSON of the create event: of several, one that fits; null if there is none. */
  private static String json(ResultSet dendrite) throws SQLException {
    Array array = dendrite.getArray("jsons");
    String first = null;
    for (String json : array == null ? new String[0] : (String[]) array.getArray()) {
      if (isUsable(json, dendrite)) {
        return json;
      }
      first = first == null ? json : first;
    }
    return first;
  }

  private static boolean isUsable(String json, ResultSet dendrite) throws SQLException {
    ObjectNode create = json == null ? null : EventJson.read(json);
    Optional<RoomVersion> version = RoomVersion.of(version(dendrite, create));
    if (create == null || version.isEmpty()) {
      return false;
    }
    try {
      String id = dendrite.getString("event_id");
      Pdu read = Pdu.parse(json, id, version.get());
      Pdu pdu = dendrite.getBoolean("redacted") ? read.redacted() : read;
      return pdu.getIncompatibility() == null
          && EventId.of(pdu).equals(id)
          && dendrite.getString("key").equals(pdu.getRoomId());
    } catch (MalformedEventException e) {
      return false;
    }
  }

  private static String finding(ResultSet dendrite, ResultSet synapse) throws SQLException {
    String json = json(dendrite);
    ObjectNode create = json == null ? null : EventJson.read(json);
    String version = version(dendrite, create);
    if (synapse == null) {
      return "is missing";
    }
    if (!version.equals(synapse.getString("room_version"))) {
      return "has another version than in Dendrite";
    }
    if (dendrite.getBoolean("is_public") != synapse.getBoolean("is_public")) {
      return "is in one directory of rooms only";
    }
    if (create != null
        && !Objects.equals(EventJson.text(create, "sender"), synapse.getString("creator"))) {
      return "has another creator than in Dendrite";
    }
    return null;
  }
}
