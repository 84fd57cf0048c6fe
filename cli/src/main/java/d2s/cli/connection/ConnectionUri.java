package d2s.cli.connection;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * Reads {@code postgresql://user:password@host:port/database?parameter=value}, percent-decoded as
 * libpq does, and the URLs of the JDBC driver, {@code jdbc:postgresql://host/database?user=name}.
 */
final class ConnectionUri {

  private static final String ENCODING_HINT =
      "; in a URI the characters : / ? # [ ] @ and % of a password are written percent-encoded,"
          + " for instance %40 for @";

  private final boolean jdbc;
  private final Map<ConnectionParameter, String> values = new EnumMap<>(ConnectionParameter.class);

  private ConnectionUri(boolean jdbc) {
    this.jdbc = jdbc;
  }

  /** Reads what follows {@code postgresql://} or {@code postgres://}. */
  static Map<ConnectionParameter, String> parse(String afterScheme)
      throws InvalidConnectionStringException {
    ConnectionUri uri = new ConnectionUri(false);
    uri.parseAuthority(afterScheme);
    return uri.values;
  }

  /** Reads what follows {@code jdbc:postgresql:}. */
  static Map<ConnectionParameter, String> parseJdbc(String afterScheme)
      throws InvalidConnectionStringException {
    ConnectionUri uri = new ConnectionUri(true);
    // Unlike libpq, the driver's URLs without a host mean TCP on the same machine.
    uri.values.put(ConnectionParameter.HOST, "localhost");
    if (afterScheme.startsWith("//")) {
      uri.parseAuthority(afterScheme.substring(2));
    } else {
      uri.parsePath(afterScheme.startsWith("/") ? afterScheme.substring(1) : afterScheme);
    }
    return uri.values;
  }

  private void parseAuthority(String text) throws InvalidConnectionStringException {
    int end = indexOfAny(text, "/?", 0);
    String authority = text.substring(0, end);
    int at = authority.indexOf('@');
    if (at >= 0) {
      parseUser(authority.substring(0, at));
    }
    parseHost(authority.substring(at + 1));
    parsePath(
        end < text.length() && text.charAt(end) == '/'
            ? text.substring(end + 1)
            : text.substring(end));
  }

  private void parseUser(String text) throws InvalidConnectionStringException {
    int colon = text.indexOf(':');
    put(ConnectionParameter.USER, decode(colon < 0 ? text : text.substring(0, colon), false));
    if (colon >= 0) {
      put(ConnectionParameter.PASSWORD, decode(text.substring(colon + 1), false));
    }
  }

  private void parseHost(String text) throws InvalidConnectionStringException {
    if (text.indexOf('@') >= 0) {
      throw new InvalidConnectionStringException(
          "the URI has two @ before the database" + ENCODING_HINT);
    }
    int portStart;
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close < 0) {
        throw new InvalidConnectionStringException(
            "the IPv6 address is not closed with a ]; write it as in postgresql://[::1]:5432/db");
      }
      put(ConnectionParameter.HOST, text.substring(1, close));
      portStart = close + 1;
    } else {
      portStart = indexOfAny(text, ":", 0);
      put(ConnectionParameter.HOST, decode(text.substring(0, portStart), false));
    }
    if (portStart < text.length()) {
      if (text.charAt(portStart) != ':') {
        throw new InvalidConnectionStringException(
            "a : and a port must follow the ] of the IPv6 address");
      }
      String port = text.substring(portStart + 1);
      if (!port.chars().allMatch(character -> character >= '0' && character <= '9')) {
        // What stands here may be the end of a password, so it is not quoted.
        throw new InvalidConnectionStringException(
            "the port after the host is not a number" + ENCODING_HINT);
      }
      put(ConnectionParameter.PORT, port);
    }
  }

  private void parsePath(String text) throws InvalidConnectionStringException {
    int question = indexOfAny(text, "?", 0);
    if (text.substring(0, question).indexOf('@') >= 0) {
      throw new InvalidConnectionStringException("the URI has an @ after the host" + ENCODING_HINT);
    }
    put(ConnectionParameter.DATABASE, decode(text.substring(0, question), jdbc));
    if (question < text.length()) {
      for (String pair : text.substring(question + 1).split("&", -1)) {
        parseParameter(pair);
      }
    }
  }

  private void parseParameter(String pair) throws InvalidConnectionStringException {
    if (pair.isEmpty()) {
      return;
    }
    int equals = pair.indexOf('=');
    if (equals < 0 || pair.indexOf('=', equals + 1) >= 0) {
      throw new InvalidConnectionStringException(
          "every parameter after the ? of a URI is written name=value, joined with &; an = inside"
              + " a value is written %3D");
    }
    String name = decode(pair.substring(0, equals), jdbc);
    String value = decode(pair.substring(equals + 1), jdbc);
    if (name.equals("ssl")) {
      // libpq's translation for JDBC-like URIs; the driver itself checks the certificate too.
      if (!value.equals("true") && !value.equals("false")) {
        throw new InvalidConnectionStringException(
            "ssl must be true or false; better is sslmode=require");
      }
      if (value.equals("true")) {
        values.putIfAbsent(ConnectionParameter.SSL_MODE, jdbc ? "verify-full" : "require");
      }
      return;
    }
    put(ConnectionParameter.named(name), value);
  }

  private void put(ConnectionParameter parameter, String value) {
    if (!value.isEmpty()) {
      values.put(parameter, value);
    }
  }

  private static int indexOfAny(String text, String characters, int from) {
    for (int i = from; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static String decode(String text, boolean plusIsSpace)
      throws InvalidConnectionStringException {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(source.length);
    for (int i = 0; i < source.length; i++) {
      if (source[i] == '%') {
        int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
        int low = i + 2 < source.length ? Character.digit(source[i + 2], 16) : -1;
        if (high < 0 || low < 0 || high + low == 0) {
          throw new InvalidConnectionStringException(
              "a % is not followed by two hexadecimal digits; a % itself is written %25");
        }
        decoded.put((byte) (high * 16 + low));
        i += 2;
      } else {
        decoded.put(plusIsSpace && source[i] == '+' ? (byte) ' ' : source[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidConnectionStringException("the percent-encoded bytes are not UTF-8");
    }
  }
}
