package d2s.matrix.push;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import d2s.matrix.json.JsonCursor;
import java.io.IOException;

/**
 * Reads a JSON object only as far as needed: a stored notification begins with its actions, and the
 * event behind them is long.
 */
final class FirstMembers {

  private FirstMembers() {}

  /** The text of the value of a member; null if there is none, or no JSON before it. */
  static String find(String json, String name) {
    try (JsonParser parser = JsonCursor.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(name);
        parser.nextToken();
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        if (wanted) {
          return json.substring(start, (int) parser.currentLocation().getCharOffset());
        }
      }
      return null;
    } catch (IOException e) {
      return null;
    }
  }
}
