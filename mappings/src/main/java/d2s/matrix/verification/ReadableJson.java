package d2s.matrix.verification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** Whether Synapse can read a JSON text that it stores for a client. */
final class ReadableJson {

  /** Python reads no integer of more digits (its limit against slow conversions). */
  private static final int LONGEST_NUMBER = 4_300;

  /** Half of what Python's parser can do, because the call stack of a request counts too. */
  private static final int DEEPEST_NESTING = 500;

  private static final JsonFactory READER =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNestingDepth(DEEPEST_NESTING)
                  .build())
          .build();

  private ReadableJson() {}

  /** Whether the text is one JSON value, not nested too deeply and without a boundless number. */
  static boolean is(String text) {
    int values = 0;
    try (JsonParser parser = READER.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && Double.isInfinite(parser.getDoubleValue())) {
          return false;
        }
        if (parser.getParsingContext().inRoot()) {
          values++; // complete: the context of a value's beginning is the value itself
        }
      }
    } catch (IOException e) {
      return false;
    }
    return values == 1;
  }
}
