package d2s.matrix.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Arbitrary JSON values, and the many texts that mean the same value. */
public final class RandomJson {

  private static final String[] STRINGS = {
    "", "a", "key", "é", "\uffff", "😀", "\0", "\n\t\"\\/", "\u007f\u2028", "<&>", "@a:b"
  };

  private RandomJson() {}

  private static final int LEVELS = 2;

  /** Objects, lists, strings, integers, floats, booleans and null, some levels deep. */
  public static Arbitrary<Object> values() {
    return values(LEVELS);
  }

  static Arbitrary<Map<String, Object>> objects() {
    return objects(LEVELS);
  }

  private static Arbitrary<Object> values(int levels) {
    if (levels == 0) {
      return scalars();
    }
    return Arbitraries.frequencyOf(
        Tuple.of(4, scalars()),
        Tuple.of(1, values(levels - 1).list().ofMaxSize(3).asGeneric()),
        Tuple.of(1, objects(levels - 1).asGeneric()));
  }

  private static Arbitrary<Map<String, Object>> objects(int levels) {
    return Arbitraries.maps(strings(), values(levels)).ofMaxSize(4).withoutEdgeCases();
  }

  public static Arbitrary<String> strings() {
    return Arbitraries.oneOf(
        Arbitraries.of(STRINGS), Arbitraries.strings().alpha().ofMaxLength(12));
  }

  private static Arbitrary<Object> scalars() {
    return Arbitraries.oneOf(
        strings().asGeneric(),
        Arbitraries.longs().asGeneric(),
        Arbitraries.doubles().asGeneric(),
        Arbitraries.of(true, false).injectNull(0.3).asGeneric());
  }

  /** One of the texts that mean this value: order, space and escapes are chosen at random. */
  public static String write(Object value, Random random) {
    StringBuilder out = new StringBuilder();
    write(value, random, out);
    return out.toString();
  }

  private static void write(Object value, Random random, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      writeObject(map, random, out);
    } else if (value instanceof List<?> list) {
      writeList(list, random, out);
    } else if (value instanceof String text) {
      writeString(text, random, out);
    } else {
      out.append(value);
    }
  }

  private static void writeObject(Map<?, ?> map, Random random, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Object> member : shuffled(map, random).entrySet()) {
      out.append(separator).append(space(random));
      writeString(member.getKey(), random, out);
      out.append(space(random)).append(':').append(space(random));
      write(member.getValue(), random, out);
      out.append(space(random));
      separator = ",";
    }
    out.append('}');
  }

  private static Map<String, Object> shuffled(Map<?, ?> map, Random random) {
    List<Object> names = new ArrayList<>(map.keySet());
    Collections.shuffle(names, random);
    Map<String, Object> shuffled = new LinkedHashMap<>();
    names.forEach(name -> shuffled.put((String) name, map.get(name)));
    return shuffled;
  }

  private static void writeList(List<?> list, Random random, StringBuilder out) {
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator).append(space(random));
      write(element, random, out);
      out.append(space(random));
      separator = ",";
    }
    out.append(']');
  }

  private static void writeString(String text, Random random, StringBuilder out) {
    out.append('"');
    for (char c : text.toCharArray()) {
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(c == '\n' && random.nextBoolean() ? "\\n" : "\\u%04x".formatted((int) c));
      } else if (!Character.isSurrogate(c) && random.nextInt(8) == 0) {
        out.append((random.nextBoolean() ? "\\u%04x" : "\\u%04X").formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static String space(Random random) {
    return random.nextInt(6) == 0 ? " \n\t".substring(0, 1 + random.nextInt(3)) : "";
  }
}
