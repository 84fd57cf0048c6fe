package d2s.matrix.userdata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/**
 * JSON that a client stored and that neither server looks into. Dendrite keeps whatever its own
 * parser takes; Synapse answers every request that touches a text which Python cannot read with an
 * error, so that one bad value would lock its owner out of /sync.
 */
final class ClientJson {

  /** Python stops at about a thousand levels, and copies what it has read level by level. */
  private static final int DEEPEST_NESTING = 500;

  /** Python refuses to read an integer of more digits. */
  private static final int LONGEST_NUMBER = 4300;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST_NESTING)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private ClientJson() {}

  /** Whether Synapse can read the text and send it on. */
  static boolean isReadable(String json) {
    if (json == null) {
      return false;
    }
    try (JsonParser parser = FACTORY.createParser(json.toCharArray())) {
      int level = 0;
      JsonToken token = parser.nextToken();
      if (token == null) {
        return false;
      }
      while (token != null) {
        if (token.isStructStart()) {
          level++;
        } else if (token.isStructEnd()) {
          level--;
        } else if (!isFinite(token, parser)) {
          return false;
        }
        if (level == 0) {
          // A second value would be read here.
          return parser.nextToken() == null;
        }
        token = parser.nextToken();
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFinite(JsonToken token, JsonParser parser) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT) {
      // The length of a number is checked when it is converted.
      return parser.getNumberValue() != null;
    }
    return token != JsonToken.VALUE_NUMBER_FLOAT || !Double.isInfinite(parser.getDoubleValue());
  }
}
