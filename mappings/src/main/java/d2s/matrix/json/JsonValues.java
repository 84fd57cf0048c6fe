package d2s.matrix.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as read-only Java values: {@link Map} in the order of the text, {@link List}, {@link
 * String}, {@link Boolean}, {@link Long} or, where that is too small, {@link BigInteger}, {@link
 * java.math.BigDecimal} for numbers with a fraction or an exponent, and null.
 */
public final class JsonValues {

  private JsonValues() {}

  /** The value of a JSON text that was checked before. */
  public static Object of(String json) {
    try (JsonParser parser = JsonCursor.parser(json)) {
      return value(parser, parser.nextToken());
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON");
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> integer(parser.getNumberValue());
      case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Object integer(Number number) {
    return number instanceof BigInteger ? number : Long.valueOf(number.longValue());
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      members.put(name, value(parser, parser.nextToken()));
    }
    return Collections.unmodifiableMap(members);
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      elements.add(value(parser, token));
    }
    return Collections.unmodifiableList(elements);
  }
}
