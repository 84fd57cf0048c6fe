package d2s.cli.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of environment variables that a service replaces when it starts: {@code $NAME} and {@code
 * ${NAME}}. NixOS and others render such files; the finished one exists only while the service
 * runs.
 */
final class EnvironmentVariables {

  /** Variables of services are written in capitals; a password may well hold a dollar sign. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$(?:\\{([A-Z_][A-Z0-9_]+)}|([A-Z_][A-Z0-9_]+))");

  private EnvironmentVariables() {}

  /** The value with every placeholder replaced that the environment knows. */
  static Object replace(Object value, Map<String, String> variables) {
    if (value instanceof String text) {
      return replace(text, variables);
    }
    if (value instanceof List<?> list) {
      List<Object> replaced = new ArrayList<>();
      list.forEach(element -> replaced.add(replace(element, variables)));
      return replaced;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> replaced = new LinkedHashMap<>();
      map.forEach((key, element) -> replaced.put(key, replace(element, variables)));
      return replaced;
    }
    return value;
  }

  private static String replace(String text, Map<String, String> variables) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match -> {
              String name = match.group(1) == null ? match.group(2) : match.group(1);
              return Matcher.quoteReplacement(variables.getOrDefault(name, match.group()));
            });
  }

  /** The first placeholder of a text. */
  static Optional<String> first(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /** What to do about one, for messages. */
  static String advice(String placeholder) {
    return "has the placeholder "
        + placeholder
        + ", which the service replaces when it starts. Set that variable for this command, or give"
        + " the finished file: while the service runs, NixOS has it at /run/dendrite/dendrite.yaml";
  }
}
