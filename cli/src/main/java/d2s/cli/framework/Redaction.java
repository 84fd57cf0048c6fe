package d2s.cli.framework;

import java.util.regex.Pattern;

/**
 * The last line of defence: masks what looks like a password in text that was written elsewhere,
 * such as the messages of libraries.
 */
public final class Redaction {

  private static final Pattern IN_URI = Pattern.compile("(://[^:/@\\s]*):\\S*@");

  private static final Pattern IN_KEY_VALUE =
      Pattern.compile("(?i)(password\\s*=\\s*)('(?:[^'\\\\]|\\\\.)*'?|[^\\s&]+)");

  private Redaction() {}

  public static String of(String text) {
    String masked = IN_URI.matcher(text).replaceAll("$1:********@");
    return IN_KEY_VALUE.matcher(masked).replaceAll("$1********");
  }
}
