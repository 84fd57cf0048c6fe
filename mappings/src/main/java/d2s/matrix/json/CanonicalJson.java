package d2s.matrix.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The canonical form of JSON that event ids and hashes are made of: no space, members sorted by the
 * code points of their names, and in strings no escape that JSON can do without.
 *
 * <p>The specification knows integers only. But up to room version 5 events may hold other numbers,
 * and nothing stops a row from having them in later versions. Here they are written as Synapse
 * writes them when it reads an event, in every room version: integers with all their digits however
 * large, {@code -0} as {@code 0}, and any number with a fraction or an exponent as Python's {@code
 * repr} of the nearest double, see {@link FloatText}. What matters is the id that Synapse computes.
 *
 * <p>Half of a surrogate pair has no UTF-8 form and thus no canonical one.
 */
public final class CanonicalJson {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final JsonParser parser;
  private final boolean numbersAsWritten;
  private final StringBuilder out;

  private CanonicalJson(JsonParser parser, boolean numbersAsWritten, int length) {
    this.parser = parser;
    this.numbersAsWritten = numbersAsWritten;
    this.out = new StringBuilder(length);
  }

  /**
   * The canonical form of a JSON text.
   *
   * @throws IllegalArgumentException if the text is not JSON
   */
  public static String of(String json) {
    return CanonicalText.isCanonical(json) ? json : write(json, false);
  }

  /** As {@link #of}, but with numbers as they are, which is Dendrite's reading. */
  public static String withNumbersAsWritten(String json) {
    return write(json, true);
  }

  /**
   * A canonical text as the bytes that are hashed.
   *
   * @throws IllegalArgumentException if the text holds half of a surrogate pair
   */
  public static byte[] utf8(String canonical) {
    byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
    // Of half a pair the platform makes a question mark.
    if (!new String(bytes, StandardCharsets.UTF_8).equals(canonical)) {
      throw new IllegalArgumentException("half of a surrogate pair");
    }
    return bytes;
  }

  private static String write(String json, boolean numbersAsWritten) {
    try (JsonParser parser = JsonCursor.parser(json)) {
      CanonicalJson writer = new CanonicalJson(parser, numbersAsWritten, json.length());
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw new IllegalArgumentException("no JSON");
      }
      writer.value(token);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one JSON value");
      }
      return writer.out.toString();
    } catch (IOException e) {
      // Without the cause: a JSON parser quotes what it stumbles on, and content is private.
      throw new IllegalArgumentException("not JSON");
    }
  }

  private void value(JsonToken token) throws IOException {
    switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING ->
          string(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
      case VALUE_NUMBER_INT -> integer(parser.getText());
      case VALUE_NUMBER_FLOAT ->
          out.append(numbersAsWritten ? parser.getText() : FloatText.of(parser.getDoubleValue()));
      default -> out.append(parser.getText());
    }
  }

  private void integer(String digits) {
    out.append(digits.equals("-0") ? "0" : digits);
  }

  private void array() throws IOException {
    out.append('[');
    boolean first = true;
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      if (!first) {
        out.append(',');
      }
      first = false;
      value(token);
    }
    out.append(']');
  }

  /**
   * Members are written as they come, and put in order afterwards if they did not come in order.
   */
  private void object() throws IOException {
    MemberOrder order = new MemberOrder(out);
    out.append('{');
    String name;
    while ((name = parser.nextFieldName()) != null) {
      order.start(name);
      char[] characters = name.toCharArray();
      string(characters, 0, characters.length);
      out.append(':');
      value(parser.nextToken());
    }
    order.finish();
    out.append('}');
  }

  private void string(char[] characters, int offset, int length) {
    out.append('"');
    int written = offset;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      char c = characters[i];
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(characters, written, i - written);
        escape(c);
        written = i + 1;
      }
    }
    out.append(characters, written, end - written).append('"');
  }

  private void escape(char c) {
    out.append('\\');
    switch (c) {
      case '"', '\\' -> out.append(c);
      case '\b' -> out.append('b');
      case '\t' -> out.append('t');
      case '\n' -> out.append('n');
      case '\f' -> out.append('f');
      case '\r' -> out.append('r');
      default -> out.append("u00").append(HEX[c >> 4]).append(HEX[c & 15]);
    }
  }
}
