package d2s.matrix.server;

import d2s.engine.extension.Functions;
import d2s.engine.function.TextFunctions;
import d2s.matrix.event.Pdu;
import java.text.Normalizer;
import java.util.Locale;

/** The functions {@code search:...} of the mapping files: what can be found by its words. */
public final class SearchFunctions implements Functions {

  @Override
  public String namespace() {
    return "search";
  }

  /** Where the words of an event are, e.g. {@code content.body}; null if it cannot be found. */
  public String key(Pdu pdu) {
    return switch (pdu.getType()) {
      case "m.room.message" -> "content.body";
      case "m.room.name" -> "content.name";
      case "m.room.topic" -> "content.topic";
      default -> null;
    };
  }

  /**
   * The words of an event: the body of a message, the name or the topic of a room; null if there
   * are none. U+0000 becomes a space.
   */
  public String text(Pdu pdu) {
    return switch (pdu.getType()) {
      case "m.room.message" -> text(pdu, "body");
      case "m.room.name" -> text(pdu, "name");
      case "m.room.topic" -> storable(RoomTopic.plainText(pdu.getContent()));
      default -> null;
    };
  }

  private static String text(Pdu pdu, String member) {
    String text = pdu.text(member);
    // That is null for text that a column cannot hold, too.
    return text != null
        ? text
        : pdu.getContent().get(member) instanceof String odd ? storable(odd) : null;
  }

  /**
   * A display name as the user directory looks for it: in lower case, and with characters that look
   * alike made the same (NFKC). PostgreSQL's lower() leaves all but ASCII alone in Synapse's
   * databases.
   */
  public String displayName(String name) {
    return name == null
        ? null
        : Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  private static String storable(String text) {
    if (TextFunctions.isStorable(text)) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
              result.appendCodePoint(c == 0 || half ? ' ' : c);
            });
    return result.toString();
  }
}
