package d2s.matrix.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events as maps. */
final class PduEvents {

  private PduEvents() {}

  /**
   * A whole event with some members replaced.
   *
   * @param stateKey null for none
   */
  static Map<String, Object> event(
      String type, String stateKey, Map<String, Object> content, Map<String, Object> replaced) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", type);
    event.put("content", content);
    event.put("sender", "@a:b");
    event.put("room_id", "!r");
    event.put("depth", 5L);
    event.put("origin_server_ts", 6L);
    event.put("prev_events", List.of());
    event.put("auth_events", List.of());
    event.put("hashes", Map.of("sha256", "x"));
    event.put("signatures", Map.of("b", Map.of("k", "s")));
    if (stateKey != null) {
      event.put("state_key", stateKey);
    }
    event.putAll(replaced);
    return event;
  }
}
