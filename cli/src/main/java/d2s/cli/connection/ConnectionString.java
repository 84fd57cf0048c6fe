package d2s.cli.connection;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Reads a connection string of any supported form. */
public final class ConnectionString {

  private static final String FORMS =
      "write key/value pairs such as \"host=localhost dbname=dendrite user=dendrite\", or a URI"
          + " such as postgresql://dendrite@localhost/dendrite";

  private ConnectionString() {}

  /**
   * @param text key/value pairs, a {@code postgres://} or {@code postgresql://} URI, a {@code
   *     jdbc:postgresql:} URL, or the bare name of a database
   * @throws InvalidConnectionStringException if it is none of them, or names a parameter that is
   *     not supported
   */
  public static Map<ConnectionParameter, String> parse(String text)
      throws InvalidConnectionStringException {
    String trimmed = text.strip();
    String lower = trimmed.toLowerCase(Locale.ROOT);
    for (String scheme : new String[] {"postgresql://", "postgres://"}) {
      if (lower.startsWith(scheme)) {
        return ConnectionUri.parse(trimmed.substring(scheme.length()));
      }
    }
    if (lower.startsWith("jdbc:postgresql:")) {
      return ConnectionUri.parseJdbc(trimmed.substring("jdbc:postgresql:".length()));
    }
    if (trimmed.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      Map<ConnectionParameter, String> values = new EnumMap<>(ConnectionParameter.class);
      values.put(ConnectionParameter.DATABASE, trimmed);
      return values;
    }
    if (trimmed.isEmpty()) {
      throw new InvalidConnectionStringException("the connection string is empty; " + FORMS);
    }
    boolean pairs = lower.contains("=");
    if (lower.startsWith("file:")
        || lower.startsWith("sqlite")
        || lower.endsWith(".db") && !pairs) {
      throw new InvalidConnectionStringException(
          "this names an SQLite file; a PostgreSQL database is needed here; " + FORMS);
    }
    if (lower.matches("[a-z][a-z0-9+.-]*:.*")) {
      throw new InvalidConnectionStringException("this is not a PostgreSQL address; " + FORMS);
    }
    return KeyValueString.parse(trimmed);
  }
}
