package d2s.cli.layout;

import d2s.cli.connection.ConnectionSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a Dendrite with several databases or files is brought together.
 *
 * @param database empty for a temporary PostgreSQL
 * @param directory for that, and for other files of a command
 */
public record StagingPlace(Optional<ConnectionSettings> database, Path directory) {}
