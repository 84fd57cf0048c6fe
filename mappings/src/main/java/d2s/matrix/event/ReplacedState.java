package d2s.matrix.event;

import d2s.engine.function.Json;
import d2s.matrix.json.JsonCursor;
import d2s.matrix.json.JsonSlices;

/**
 * Tells Synapse which state event another one replaced. It shows the content of that one as {@code
 * prev_content}, and asks its membership to decide whether a user who has left may see the leave.
 *
 * <p>{@code unsigned} is neither hashed nor signed, so that adding to it changes no event.
 */
public final class ReplacedState {

  private ReplacedState() {}

  /**
   * The JSON with {@code unsigned.replaces_state}, unless it has one.
   *
   * @param storedJson what {@link Pdu#getStoredJson} gives
   */
  public static String add(String storedJson, String replacedEventId) {
    JsonSlices members = JsonCursor.object(storedJson);
    int unsigned = members.indexOf("unsigned");
    String member = "\"replaces_state\":" + quoted(replacedEventId);
    if (unsigned < 0) {
      return storedJson.substring(0, storedJson.lastIndexOf('}'))
          + (members.size() == 0 ? "" : ",")
          + "\"unsigned\":{"
          + member
          + "}}";
    }
    JsonSlices inside = members.object("unsigned");
    if (inside == null || inside.indexOf("replaces_state") >= 0) {
      return storedJson;
    }
    StringBuilder out = new StringBuilder(storedJson.length() + member.length() + 20).append('{');
    for (int i = 0; i < members.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      if (i == unsigned) {
        members.appendName(i, out);
        out.append('{').append(member);
        for (int j = 0; j < inside.size(); j++) {
          inside.appendMember(j, out.append(','));
        }
        out.append('}');
      } else {
        members.appendMember(i, out);
      }
    }
    return out.append('}').toString();
  }

  /** Event ids are plain ASCII but for those of old rooms, which can hold anything. */
  private static String quoted(String text) {
    return Json.write(text);
  }
}
