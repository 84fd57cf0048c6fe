package d2s.matrix.verification.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.engine.extension.Findings;
import d2s.matrix.event.EventId;
import d2s.matrix.event.MalformedEventException;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.EventJson;
import d2s.matrix.verification.EventVerification;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether Synapse can read every event. It recomputes the id from the JSON each time, and a
 * difference fails the whole request; a wrong format version, or a member that is missing or of a
 * wrong type, makes the event silently absent.
 */
public final class EventIdsVerification extends EventVerification {

  private static final long LARGEST_INTEGER = (1L << 53) - 1;

  @Override
  public String name() {
    return "event ids";
  }

  @Override
  public String proves() {
    return "Synapse can read every event and computes the id that it has.";
  }

  @Override
  public List<String> tables() {
    return List.of("events", "event_json");
  }

  @Override
  protected void look(Row read, Findings findings) {
    if (read.event() == null && read.json() == null) {
      return;
    }
    findings.looked();
    String wrong = finding(read);
    if (wrong != null) {
      findings.found(read.id(), wrong);
    }
  }

  private static String finding(Row read) {
    StoredJson json = read.json();
    if (read.event() == null) {
      return "there is JSON, but no event";
    }
    if (json == null || json.text() == null) {
      return "there is no JSON of it";
    }
    Optional<RoomVersion> version = read.version().filter(RoomVersion::isKnownToSynapse);
    if (version.isEmpty()) {
      return "its room is missing, or of a version that Synapse does not know";
    }
    ObjectNode event = json.event();
    if (event == null) {
      return "its JSON cannot be read";
    }
    String unreadable = unreadable(event, version.get());
    if (unreadable != null) {
      return unreadable;
    }
    if (json.formatVersion() != version.get().getFormatVersion()) {
      return "its format_version is not that of its room version; Synapse would not see it";
    }
    try {
      String id = read.id();
      if (!EventId.of(Pdu.parse(json.text(), id, version.get())).equals(id)) {
        return "its JSON has another id; Synapse would fail whatever touches it";
      }
    } catch (MalformedEventException e) {
      return "its JSON has no id";
    }
    String metadata = metadata(EventJson.read(json.internalMetadata()));
    return metadata == null ? column(read, event, version.get()) : metadata;
  }

  /** What Synapse's reader would stumble on. */
  private static String unreadable(ObjectNode event, RoomVersion version) {
    boolean create = "m.room.create".equals(EventJson.text(event, "type"));
    if (version.isEventIdAssigned() != event.has("event_id")) {
      return "an event_id in the JSON, or none, does not go with its room version";
    }
    boolean unnamed = create && version.isRoomNamedAfterCreateEvent();
    if (unnamed == event.has("room_id")) {
      return "a room_id in the JSON, or none, does not go with its room version";
    }
    for (String member : List.of("sender", "type")) {
      if (EventJson.text(event, member) == null) {
        return "its JSON has no text " + member;
      }
    }
    for (String member : List.of("prev_events", "auth_events")) {
      if (!event.path(member).isArray()) {
        return "its JSON has no list " + member;
      }
    }
    for (String member : List.of("content", "hashes")) {
      if (!event.path(member).isObject()) {
        return "its JSON has no object " + member;
      }
    }
    for (String member : List.of("depth", "origin_server_ts")) {
      if (!event.path(member).canConvertToLong() || !event.path(member).isIntegralNumber()) {
        return "its JSON has no integer " + member;
      }
    }
    if (event.has("state_key") && !event.path("state_key").isTextual()) {
      return "its state_key is no text";
    }
    if (event.has("unsigned") && !event.path("unsigned").isObject()) {
      return "its unsigned is no object";
    }
    return null;
  }

  private static String metadata(ObjectNode metadata) {
    if (metadata == null) {
      return "its internal_metadata is no object";
    }
    for (String flag : List.of("soft_failed", "out_of_band_membership", "redacted")) {
      JsonNode value = metadata.path(flag);
      if (!value.isMissingNode() && !value.isBoolean()) {
        return "its internal_metadata is wrong: " + flag;
      }
    }
    for (String text : List.of("device_id", "txn_id")) {
      JsonNode value = metadata.path(text);
      if (!value.isMissingNode() && !value.isTextual()) {
        return "its internal_metadata is wrong: " + text;
      }
    }
    return null;
  }

  /** The columns that repeat what the JSON says. */
  private static String column(Row read, ObjectNode event, RoomVersion version) {
    Stored row = read.event();
    long depth = event.path("depth").longValue();
    String roomId =
        event.has("room_id") ? EventJson.text(event, "room_id") : "!" + read.id().substring(1);
    String wrong = null;
    if (!Objects.equals(row.roomId(), roomId) || !Objects.equals(read.json().roomId(), roomId)) {
      wrong = "room_id";
    } else if (!Objects.equals(row.type(), EventJson.text(event, "type"))) {
      wrong = "type";
    } else if (!Objects.equals(row.stateKey(), EventJson.text(event, "state_key"))) {
      wrong = "state_key";
    } else if (!Objects.equals(row.sender(), EventJson.text(event, "sender"))) {
      wrong = "sender";
    } else if (row.depth() != depth) {
      wrong = "depth";
    } else if (row.topologicalOrdering()
        != (version.isDepthCapped() ? Math.min(depth, LARGEST_INTEGER) : depth)) {
      wrong = "topological_ordering";
    } else if (row.originServerTs() != event.path("origin_server_ts").longValue()) {
      wrong = "origin_server_ts";
    } else if (row.containsUrl() != event.path("content").path("url").isTextual()) {
      wrong = "contains_url";
    }
    return wrong == null ? null : "its " + wrong + " is not that of its JSON";
  }
}
