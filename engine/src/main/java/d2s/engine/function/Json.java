package d2s.engine.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON texts as plain read-only Java values, without loss of numbers. */
public final class Json {

  /**
   * Strangers choose the names of members. However long they are, and however many of them have one
   * hash, the text is JSON. They are not interned in the JVM.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(10_000)
                          .maxStringLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .maxNumberLength(100_000)
                          .build())
                  .build())
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
    try (JsonParser parser = MAPPER.createParser(text)) {
      return new Tree(parser).read();
    } catch (StreamConstraintsException e) {
      throw new IllegalArgumentException("JSON that is nested too deep or has too long a number");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not JSON (at character " + (e.getLocation().getCharOffset() + 1) + ")");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory can always be read
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

  /** Builds the values without recursion: how deep a text is nested is up to strangers. */
  private static final class Tree {

    private final JsonParser parser;
    private final Deque<Level> open = new ArrayDeque<>();
    private final Level root = new Level(null, new ArrayList<>(1));

    /** An object or an array that is not closed yet; the other of the two is null. */
    private static final class Level {

      private final Map<String, Object> object;
      private final List<Object> array;
      private String name;

      Level(Map<String, Object> object, List<Object> array) {
        this.object = object;
        this.array = array;
      }
    }

    Tree(JsonParser parser) {
      this.parser = parser;
      open.push(root);
    }

    Object read() throws IOException {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> {
            Map<String, Object> object = new LinkedHashMap<>();
            add(Collections.unmodifiableMap(object));
            open.push(new Level(object, null));
          }
          case START_ARRAY -> {
            List<Object> array = new ArrayList<>();
            add(Collections.unmodifiableList(array));
            open.push(new Level(null, array));
          }
          case END_OBJECT, END_ARRAY -> open.pop();
          case FIELD_NAME -> open.peek().name = parser.currentName();
          case VALUE_STRING -> add(parser.getText());
          case VALUE_NUMBER_INT -> {
            Number number = parser.getNumberValue();
            add(number instanceof Integer small ? (Number) small.longValue() : number);
          }
          case VALUE_NUMBER_FLOAT -> add(parser.getDecimalValue());
          case VALUE_TRUE -> add(true);
          case VALUE_FALSE -> add(false);
          default -> add(null);
        }
      }
      if (root.array.isEmpty()) {
        throw new JsonParseException(parser, "no value");
      }
      return root.array.get(0);
    }

    private void add(Object value) throws JsonParseException {
      Level level = open.peek();
      if (level.object != null) {
        level.object.put(level.name, value);
      } else if (level == root && !root.array.isEmpty()) {
        throw new JsonParseException(parser, "a second value");
      } else {
        level.array.add(value);
      }
    }
  }
}
