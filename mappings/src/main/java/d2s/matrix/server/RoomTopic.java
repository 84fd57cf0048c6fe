package d2s.matrix.server;

import java.util.List;
import java.util.Map;

/** The topic of a room in plain text. */
final class RoomTopic {

  private RoomTopic() {}

  /**
   * The first plain text of {@code m.topic} (Matrix 1.15), else {@code topic}; null without the
   * latter, which every topic must have.
   *
   * @param content of an event of the type {@code m.room.topic}
   */
  static String plainText(Map<?, ?> content) {
    if (!(content.get("topic") instanceof String topic)) {
      return null;
    }
    if (content.get("m.topic") instanceof Map<?, ?> block
        && block.get("m.text") instanceof List<?> representations) {
      for (Object representation : representations) {
        String text = plainTextOf(representation);
        if (text != null) {
          return text;
        }
      }
    }
    return topic;
  }

  private static String plainTextOf(Object representation) {
    if (!(representation instanceof Map<?, ?> map) || !(map.get("body") instanceof String body)) {
      return null;
    }
    Object type = map.get("mimetype");
    boolean plain = type == null || "".equals(type) || "text/plain".equals(type);
    return plain ? body : null;
  }
}
