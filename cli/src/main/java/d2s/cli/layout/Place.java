package d2s.cli.layout;

import d2s.cli.connection.ConnectionSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A database or file that Dendrite keeps tables in.
 *
 * @param postgres empty for a file
 * @param file the SQLite file; empty for a database
 * @param components the components that are kept there; null if that is told by its tables
 */
public record Place(
    Optional<ConnectionSettings> postgres, Optional<Path> file, Set<String> components) {

  static Place of(ConnectionSettings settings, Set<String> components) {
    return new Place(Optional.of(settings), Optional.empty(), components);
  }

  static Place of(Path file, Set<String> components) {
    return new Place(Optional.empty(), Optional.of(file), components);
  }

  /** For people; never a secret. */
  public String describe() {
    return postgres
        .map(settings -> "the " + settings.describe())
        .orElseGet(() -> "the file " + file.orElseThrow());
  }
}
