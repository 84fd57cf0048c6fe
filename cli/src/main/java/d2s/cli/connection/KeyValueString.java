package d2s.cli.connection;

import java.util.EnumMap;
import java.util.Map;

/**
 * Reads libpq key/value strings: {@code host=/var/run/postgresql dbname='my db'}.
 *
 * <p>The rules of libpq: spaces around {@code =} are allowed; a value with spaces stands in single
 * quotes; a backslash takes the next character literally, inside quotes and outside; the last of
 * two equal keys counts.
 */
final class KeyValueString {

  private final String text;
  private int position;

  private KeyValueString(String text) {
    this.text = text;
  }

  static Map<ConnectionParameter, String> parse(String text)
      throws InvalidConnectionStringException {
    return new KeyValueString(text).parse();
  }

  private Map<ConnectionParameter, String> parse() throws InvalidConnectionStringException {
    Map<ConnectionParameter, String> values = new EnumMap<>(ConnectionParameter.class);
    skipSpaces();
    while (position < text.length()) {
      String name = name();
      skipSpaces();
      if (position == text.length() || text.charAt(position) != '=') {
        if (text.strip().startsWith("/") || text.strip().startsWith("./")) {
          throw new InvalidConnectionStringException(
              "this is the name of a file or a folder; name a database of PostgreSQL, such as"
                  + " \"host=localhost dbname=synapse\"");
        }
        // The word may be the second half of a password with a space, so it is not quoted.
        throw new InvalidConnectionStringException(
            "there is no = after the word that ends at character "
                + position
                + "; write key=value pairs such as \"host=localhost dbname=dendrite\", and quote"
                + " values with spaces: dbname='my database'");
      }
      position++;
      skipSpaces();
      values.put(ConnectionParameter.named(name), value());
      skipSpaces();
    }
    return values;
  }

  private String name() {
    int start = position;
    while (position < text.length()
        && text.charAt(position) != '='
        && !isSpace(text.charAt(position))) {
      position++;
    }
    return text.substring(start, position);
  }

  private String value() throws InvalidConnectionStringException {
    boolean quoted = position < text.length() && text.charAt(position) == '\'';
    int start = position;
    if (quoted) {
      position++;
    }
    StringBuilder value = new StringBuilder();
    while (position < text.length()) {
      char character = text.charAt(position++);
      if (quoted ? character == '\'' : isSpace(character)) {
        return value.toString();
      }
      if (character == '\\' && position < text.length()) {
        character = text.charAt(position++);
      } else if (character == '\\') {
        break;
      }
      value.append(character);
    }
    if (quoted) {
      throw new InvalidConnectionStringException(
          "the quote that opens at character " + (start + 1) + " is not closed");
    }
    return value.toString();
  }

  private void skipSpaces() {
    while (position < text.length() && isSpace(text.charAt(position))) {
      position++;
    }
  }

  private static boolean isSpace(char character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }
}
