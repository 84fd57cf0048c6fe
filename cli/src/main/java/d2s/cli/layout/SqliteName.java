package d2s.cli.layout;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A connection string that names an SQLite file, as Dendrite reads it (ParseFileURI in
 * internal/sqlutil of its source, and Go's net/url): {@code file:name.db} is taken as it stands,
 * {@code file:/folder/name.db} and {@code file:///folder/name.db} are unescaped. What follows a
 * question mark or a number sign does not count.
 */
final class SqliteName {

  private static final String SCHEME = "file:";

  private SqliteName() {}

  /** Whatever else there is, Dendrite takes for PostgreSQL. */
  static boolean isOne(String text) {
    return text.strip().startsWith(SCHEME);
  }

  /**
   * The file; empty if there is none in the text, or it is written in a way that cannot be read.
   */
  static Optional<Path> path(String text) {
    String name = text.strip().substring(SCHEME.length()).replaceFirst("(?s)[?#].*", "");
    try {
      if (name.startsWith("//")) {
        int folder = name.indexOf('/', 2);
        name = folder < 0 ? "" : unescape(name.substring(folder));
      } else if (name.startsWith("/")) {
        name = unescape(name);
      }
      return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A plus sign is one; java.net.URLDecoder would take it for a blank. */
  private static String unescape(String text) throws CharacterCodingException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer plain = ByteBuffer.allocate(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
        int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
        if (low < 0) {
          throw new InvalidPathException(text, "two hexadecimal digits must follow %");
        }
        plain.put((byte) (high << 4 | low));
        i += 2;
      } else {
        plain.put(bytes[i]);
      }
    }
    return StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString();
  }
}
