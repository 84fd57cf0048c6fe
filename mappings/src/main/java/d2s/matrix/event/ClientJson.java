package d2s.matrix.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import d2s.matrix.json.JsonCursor;
import d2s.matrix.json.JsonSlices;
import d2s.matrix.json.PostgresText;
import java.io.IOException;

/** JSON of clients that is kept as it was written, and what Synapse can do with it. */
public final class ClientJson {

  /** Half of what Python's parser can do, because the call stack of a request counts too. */
  private static final int DEEPEST_NESTING = 500;

  private ClientJson() {}

  /**
   * Why Synapse could not read this text; null if it can. Synapse parses what it has stored
   * whenever it is asked for it, and a failure fails the whole request, each time.
   */
  public static String defect(String json) {
    try (JsonCursor reading = JsonCursor.of(json)) {
      JsonParser parser = reading.parser();
      JsonToken token = parser.nextToken();
      if (token == null) {
        return "it is empty";
      }
      reading.skip(token);
      if (parser.nextToken() != null) {
        return "more than one JSON value stands there";
      }
      if (reading.deepest() > DEEPEST_NESTING) {
        return "it is nested more than " + DEEPEST_NESTING + " levels deep";
      }
      if (reading.isBoundless()) {
        return "it holds a number that is too large";
      }
    } catch (IOException e) {
      // Without the cause: a JSON parser quotes what it stumbles on.
      return "it is not JSON";
    }
    return null;
  }

  /**
   * Whether a text without {@link #defect} can be sent to other servers. They get canonical JSON,
   * which has no form for half of a surrogate pair; clients get it as it is.
   */
  public static boolean isSendable(String json) {
    return !PostgresText.escapesHalfAPair(json);
  }

  /** Whether a text without {@link #defect} is an object. */
  public static boolean isObject(String json) {
    return json.stripLeading().startsWith("{");
  }

  /**
   * The value of a member as it was written, or null if there is no such member.
   *
   * @param json an object without {@link #defect}
   */
  public static String member(String json, String name) {
    return JsonCursor.object(json).raw(name);
  }

  /**
   * An object without one of its members, all others as they were written.
   *
   * @param json an object without {@link #defect}
   */
  public static String without(String json, String name) {
    JsonSlices members = JsonCursor.object(json);
    if (members.indexOf(name) < 0) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length()).append('{');
    for (int i = 0; i < members.size(); i++) {
      if (!members.name(i).equals(name)) {
        if (out.length() > 1) {
          out.append(',');
        }
        members.appendMember(i, out);
      }
    }
    return out.append('}').toString();
  }
}
