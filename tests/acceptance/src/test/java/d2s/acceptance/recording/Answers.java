package d2s.acceptance.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Answers of a homeserver, grouped into kinds ("the state of a room as a user sees it"). A key
 * inside a kind names who was asked for what, its parts joined by a bar: {@code
 * alice|pub|m.room.name|}.
 */
public final class Answers {
  private final Map<String, Map<String, JsonNode>> kinds = new LinkedHashMap<>();

  /** Records one answer; the last one under a key counts. */
  public void put(String kind, String key, JsonNode answer) {
    kinds.computeIfAbsent(kind, name -> new LinkedHashMap<>()).put(key, answer);
  }

  /** The answers of one kind, empty if there are none. */
  public Map<String, JsonNode> of(String kind) {
    return kinds.getOrDefault(kind, Map.of());
  }

  /** The names of the kinds that hold an answer. */
  public Set<String> names() {
    return kinds.keySet();
  }

  /** One key made of its parts. */
  public static String key(String... parts) {
    return String.join("|", parts);
  }
}
