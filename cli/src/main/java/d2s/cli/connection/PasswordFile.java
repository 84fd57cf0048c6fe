package d2s.cli.connection;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a libpq password file: lines of {@code host:port:database:user:password}, where {@code *}
 * matches anything and a backslash escapes a colon or a backslash. The first line that matches
 * counts.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-pgpass.html">The Password File</a>
 */
final class PasswordFile {

  /** The result of a look-up: a password, or why the file was not used, or neither. */
  record Answer(Optional<Secret> password, Optional<String> note) {}

  private PasswordFile() {}

  static Answer look(Path file, String host, int port, String database, String user) {
    if (!Files.isRegularFile(file)) {
      return new Answer(Optional.empty(), Optional.empty());
    }
    try {
      if (isReadableByOthers(file)) {
        return new Answer(
            Optional.empty(),
            Optional.of(
                "the password file "
                    + file
                    + " was not used because others can read it; run: chmod 600 "
                    + file));
      }
      String[] wanted = {host, String.valueOf(port), database, user};
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        Optional<Secret> password = match(line, wanted);
        if (password.isPresent()) {
          return new Answer(password, Optional.empty());
        }
      }
      return new Answer(Optional.empty(), Optional.empty());
    } catch (IOException e) {
      return new Answer(
          Optional.empty(), Optional.of("the password file " + file + " cannot be read"));
    }
  }

  private static boolean isReadableByOthers(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    return permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER_"));
  }

  private static Optional<Secret> match(String line, String[] wanted) {
    if (line.isEmpty() || line.startsWith("#")) {
      return Optional.empty();
    }
    List<String> fields = split(line);
    if (fields.size() < wanted.length + 1) {
      return Optional.empty();
    }
    for (int i = 0; i < wanted.length; i++) {
      // An escaped star is a star, but no host, database or user has that name.
      if (!fields.get(i).equals("*") && !fields.get(i).equals(wanted[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new Secret(fields.get(wanted.length)));
  }

  private static List<String> split(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char character = line.charAt(i);
      if (character == ':') {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        if (character == '\\' && i + 1 < line.length()) {
          character = line.charAt(++i);
        }
        field.append(character);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
