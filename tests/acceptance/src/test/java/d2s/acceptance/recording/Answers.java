package d2s.acceptance.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Answers of a homeserver, grouped into families of one kind each ("the state of a room as a user
 * sees it"). A key inside a family names who was asked for what, its parts joined by a bar: {@code
 * alice|pub|m.room.name|}.
 */
public final class Answers {
  private final Map<String, Map<String, JsonNode>> families = new LinkedHashMap<>();

  /** Records one answer; the last one under a key counts. */
  public void put(String family, String key, JsonNode answer) {
    families.computeIfAbsent(family, name -> new LinkedHashMap<>()).put(key, answer);
  }

  /** The answers of one family, empty if there are none. */
  public Map<String, JsonNode> of(String family) {
    return families.getOrDefault(family, Map.of());
  }

  /** The names of the families that hold an answer. */
  public Set<String> names() {
    return families.keySet();
  }

  /** One key made of its parts. */
  public static String key(String... parts) {
    return String.join("|", parts);
  }
}
