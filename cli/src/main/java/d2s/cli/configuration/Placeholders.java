package d2s.cli.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Placeholders that another tool replaces before Dendrite starts: {@code $NAME}, {@code ${NAME}},
 * {@code $CREDENTIALS_DIRECTORY/file}, {@code {{ name }}}. What they stand for is not in the file.
 */
public final class Placeholders {

  /** What people must write themselves. */
  public static final String FILL_IN = "FILL IN";

  /** A secret may hold a dollar sign, so that one with a bare name is one only at the start. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("^\\$[A-Z_][A-Z0-9_]*(/.*)?$|\\$\\{[A-Za-z_][A-Za-z0-9_]*[^}]*}|\\{\\{.*?}}");

  private Placeholders() {}

  public static boolean isIn(String text) {
    return PLACEHOLDER.matcher(text).find();
  }

  /**
   * The value with {@link #FILL_IN} in the place of every text that is a placeholder.
   *
   * @param found takes each of them
   */
  public static Object replace(Object value, Consumer<String> found) {
    if (value instanceof String text && isIn(text)) {
      found.accept(text);
      return FILL_IN;
    }
    if (value instanceof List<?> list) {
      List<Object> replaced = new ArrayList<>();
      list.forEach(element -> replaced.add(replace(element, found)));
      return replaced;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> replaced = new LinkedHashMap<>();
      map.forEach((key, element) -> replaced.put(key, replace(element, found)));
      return replaced;
    }
    return value;
  }
}
