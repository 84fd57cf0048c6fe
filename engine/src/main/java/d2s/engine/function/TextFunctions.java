package d2s.engine.function;

import d2s.engine.extension.Functions;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Functions on texts: {@code text:lower(name)}. All of them answer null for null. */
public final class TextFunctions implements Functions {

  @Override
  public String namespace() {
    return "text";
  }

  /** Null for the empty text. */
  public String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  public String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  /** The part before the first occurrence of a separator, or the whole text. */
  public String before(String text, String separator) {
    if (text == null) {
      return null;
    }
    int at = text.indexOf(separator);
    return at < 0 ? text : text.substring(0, at);
  }

  /** The part after the first occurrence of a separator, or null. */
  public String after(String text, String separator) {
    if (text == null) {
      return null;
    }
    int at = text.indexOf(separator);
    return at < 0 ? null : text.substring(at + separator.length());
  }

  /** The UTF-8 bytes. */
  public byte[] utf8(String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The text if a database can hold it, else null: PostgreSQL refuses U+0000, and half of a
   * surrogate pair has no UTF-8 form.
   */
  public String storable(String text) {
    return isStorable(text) ? text : null;
  }

  /** Whether a database can hold this text. */
  public static boolean isStorable(String text) {
    if (text == null) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
