package d2s.engine.expression;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON texts as plain read-only Java values, without loss of numbers. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(10_000)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNumberLength(100_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
          .build();

  private Json() {}

  /**
   * Parses a text: objects become read-only maps in the order of the text, arrays lists, integers
   * {@link Long} or {@link java.math.BigInteger}, other numbers {@link java.math.BigDecimal}.
   *
   * @throws IllegalArgumentException if the text is not JSON; the message does not quote it
   */
  public static Object parse(String text) {
    try {
      return readOnly(MAPPER.readValue(text, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not JSON (at character " + e.getLocation().getColumnNr() + ")");
    }
  }

  /** The compact text of a value that {@link #parse} could have given. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a value that JSON can hold");
    }
  }

  private static Object readOnly(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> result = new LinkedHashMap<>(map.size() * 2);
      map.forEach((key, element) -> result.put((String) key, readOnly(element)));
      return Collections.unmodifiableMap(result);
    } else if (value instanceof List<?> list) {
      List<Object> result = new ArrayList<>(list.size());
      list.forEach(element -> result.add(readOnly(element)));
      return Collections.unmodifiableList(result);
    } else if (value instanceof Integer number) {
      return number.longValue();
    }
    return value;
  }
}
