package d2s.matrix.redaction;

import d2s.engine.function.Json;
import d2s.matrix.event.ClientJson;
import java.util.Map;

/**
 * The members of an event that decide about redactions; null or empty where the event lacks them.
 */
record SentEvent(String type, String stateKey, String sender, Map<?, ?> content) {

  /** Reads an event; null if there is none, or it is not JSON that can be read. */
  static SentEvent of(String json) {
    if (json == null
        || ClientJson.defect(json) != null
        || !(Json.parse(json) instanceof Map<?, ?> event)) {
      return null;
    }
    return new SentEvent(
        text(event, "type"),
        text(event, "state_key"),
        text(event, "sender"),
        event.get("content") instanceof Map<?, ?> content ? content : Map.of());
  }

  private static String text(Map<?, ?> event, String member) {
    return event.get(member) instanceof String text ? text : null;
  }

  /** The server of the sender; null if there is none. */
  String server() {
    int colon = sender == null ? -1 : sender.indexOf(':');
    return colon < 0 ? null : sender.substring(colon + 1);
  }

  /** Whether this is the state event that sets the power levels of the room. */
  boolean isPowerLevels() {
    return "m.room.power_levels".equals(type) && "".equals(stateKey);
  }
}
