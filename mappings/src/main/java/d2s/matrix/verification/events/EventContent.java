package d2s.matrix.verification.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.matrix.event.EventId;
import d2s.matrix.event.MalformedEventException;
import d2s.matrix.event.Pdu;
import d2s.matrix.event.RoomVersion;
import d2s.matrix.verification.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an event says, in a form that can be compared between the two servers. */
final class EventContent {

  /** In bytes, for what d2s leaves out; PostgreSQL's own limit of an index entry is 2,704. */
  private static final int LONGEST_RELATION = 2_500;

  private EventContent() {}

  /** Whether Synapse can have the event. */
  static boolean isPossible(String id, String roomId, String json, RoomVersion version) {
    try {
      Pdu pdu = Pdu.parse(json, id, version);
      return pdu.getIncompatibility() == null
          && roomId.equals(pdu.getRoomId())
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

  /**
   * Without what is not part of the event, or is written differently by the two servers; null for
   * null.
   */
  static ObjectNode of(ObjectNode json, RoomVersion version) {
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

  /** What is left of an event after a redaction, as {@link #of} gives it; null if it is none. */
  static ObjectNode pruned(String json, String id, RoomVersion version) {
    try {
      String pruned = Pdu.parse(json, id, version).redacted().getStoredJson();
      return of(EventJson.read(pruned), version);
    } catch (MalformedEventException e) {
      return null;
    }
  }
}
