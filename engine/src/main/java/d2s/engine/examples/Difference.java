package d2s.engine.examples;

import d2s.engine.function.Json;
import d2s.engine.yaml.Literal;
import d2s.engine.yaml.Position;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A place where an expected value and the actual one part.
 *
 * @param at where the expected value stands
 * @param path what is meant: a column, perhaps with the way into its JSON
 */
record Difference(Position at, String path, String expected, String actual) {

  private static final int LONG = 60;

  /**
   * What a value differs in; nothing if it is the same.
   *
   * @param literal where the expected value stands
   * @param expected the same as PostgreSQL writes it
   */
  static List<Difference> of(Literal literal, String column, String expected, String actual) {
    if (expected == null ? actual == null : expected.equals(actual)) {
      return List.of();
    }
    boolean text = literal.content() instanceof String;
    return List.of(
        new Difference(
            literal.at(), column, shown(expected, text), shown(actual, text || expected == null)));
  }

  /** What a JSON text differs in from what is expected, member by member. */
  static List<Difference> ofJson(Literal expected, String column, String actual) {
    Object value;
    try {
      value = actual == null ? null : Json.parse(actual);
    } catch (IllegalArgumentException e) {
      return List.of(new Difference(expected.at(), column, json(expected), shown(actual, true)));
    }
    List<Difference> found = new ArrayList<>();
    compare(expected, column, value, found);
    return found;
  }

  private static void compare(
      Literal expected, String path, Object actual, List<Difference> found) {
    if (expected.members() != null && actual instanceof Map<?, ?> object) {
      expected
          .members()
          .forEach(
              (name, member) -> {
                if (object.containsKey(name)) {
                  compare(member, path + "." + name, object.get(name), found);
                } else {
                  found.add(
                      new Difference(member.at(), path + "." + name, json(member), "not there"));
                }
              });
      for (Map.Entry<?, ?> member : object.entrySet()) {
        if (!expected.members().containsKey(member.getKey())) {
          found.add(
              new Difference(
                  expected.at(),
                  path + "." + member.getKey(),
                  "not there",
                  json(member.getValue())));
        }
      }
    } else if (expected.elements() != null
        && actual instanceof List<?> list
        && list.size() == expected.elements().size()) {
      for (int i = 0; i < list.size(); i++) {
        compare(expected.elements().get(i), path + "[" + i + "]", list.get(i), found);
      }
    } else if (!isSame(expected.content(), actual)) {
      found.add(new Difference(expected.at(), path, json(expected), json(actual)));
    }
  }

  private static boolean isSame(Object expected, Object actual) {
    if (expected instanceof Number && actual instanceof Number) {
      return new BigDecimal(expected.toString()).compareTo(new BigDecimal(actual.toString())) == 0;
    }
    return expected == null ? actual == null : expected.equals(actual);
  }

  private static String json(Literal literal) {
    return Json.write(literal.plain());
  }

  private static String json(Object value) {
    return Json.write(value);
  }

  private static String shown(String value, boolean text) {
    return value == null ? "NULL" : text ? "'" + value + "'" : value;
  }

  /** The difference for people. */
  String message() {
    String text = path + " is " + actual + ", not " + expected;
    int same = 0;
    while (same < Math.min(expected.length(), actual.length())
        && expected.charAt(same) == actual.charAt(same)) {
      same++;
    }
    return Math.min(expected.length(), actual.length()) > LONG && same > 1
        ? text + "; they part at character " + same
        : text;
  }
}
