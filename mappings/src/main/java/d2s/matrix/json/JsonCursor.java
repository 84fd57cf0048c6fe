package d2s.matrix.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** One pass over a JSON text, with the positions of its tokens. */
public final class JsonCursor implements AutoCloseable {

  /** Python refuses to read an integer of more digits. */
  private static final int LONGEST_NUMBER = 4300;

  /** Up to so many characters the parser copies into a buffer that it uses again and again. */
  private static final int LONGEST_AT_ONCE = 0x8000;

  /**
   * Names are looked up in a table, because the same dozens occur in every event; they are not
   * interned in the JVM and collisions are no error, because anybody in a room chooses names.
   */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(LONGEST_NUMBER)
                  .build())
          .build();

  private final String source;
  private final JsonParser parser;
  private int level;
  private int deepest;
  private boolean boundless;

  private JsonCursor(String source, JsonParser parser) {
    this.source = source;
    this.parser = parser;
  }

  public static JsonCursor of(String source) throws IOException {
    return new JsonCursor(source, parser(source));
  }

  /** A parser whose positions count the characters of the text. */
  public static JsonParser parser(String json) throws IOException {
    // A parser of a longer string reads it piecemeal, and counts from the start of each piece.
    return json.length() <= LONGEST_AT_ONCE
        ? FACTORY.createParser(json)
        : FACTORY.createParser(json.toCharArray());
  }

  /** The members of an object that was checked before. */
  public static JsonSlices object(String json) {
    try (JsonCursor reading = of(json)) {
      reading.parser.nextToken();
      return JsonSlices.read(reading);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a JSON object");
    }
  }

  /** The string that a JSON string, checked before, stands for. */
  static String text(String json) {
    try (JsonParser parser = parser(json)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException e) {
      throw new IllegalArgumentException("not a JSON string");
    }
  }

  public String source() {
    return source;
  }

  public JsonParser parser() {
    return parser;
  }

  /** Where the current token starts. */
  public int tokenStart() {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  /** Where reading goes on: right after the current token, if it was read wholly. */
  public int position() {
    return (int) parser.currentLocation().getCharOffset();
  }

  /** Reads the current value to its end, whatever it is. */
  public void skip(JsonToken token) throws IOException {
    if (!token.isStructStart()) {
      checkNumber(token);
      parser.finishToken();
      return;
    }
    int outside = level;
    enter();
    while (level > outside) {
      JsonToken next = parser.nextToken();
      if (next.isStructStart()) {
        enter();
      } else if (next.isStructEnd()) {
        leave();
      } else {
        checkNumber(next);
      }
    }
  }

  /** Notes that reading went into an object or array. */
  public void enter() {
    deepest = Math.max(deepest, ++level);
  }

  /** Notes that reading came to the end of an object or array. */
  void leave() {
    level--;
  }

  private void checkNumber(JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_FLOAT && Double.isInfinite(parser.getDoubleValue())) {
      boundless = true;
    }
  }

  /** How deeply objects and arrays are nested, as far as the text was read; 1 is no nesting. */
  public int deepest() {
    return deepest;
  }

  /** Whether {@link #skip} met a number that is too large for a floating-point number. */
  public boolean isBoundless() {
    return boundless;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
