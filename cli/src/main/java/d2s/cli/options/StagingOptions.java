package d2s.cli.options;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a Dendrite in several parts is brought together. */
public final class StagingOptions {

  @Option(
      names = "--staging-db",
      paramLabel = "CONNECTION",
      description = {
        "An empty PostgreSQL database in which a Dendrite with several databases or with SQLite"
            + " files is brought together; it is emptied in the end.",
        "Default: a temporary PostgreSQL, which d2s starts and removes by itself."
      })
  String database;

  @Option(
      names = "--staging-dir",
      paramLabel = "DIR",
      description = {
        "Where that temporary PostgreSQL may take room.",
        "Default: the folder for temporary files."
      })
  Path directory;
}
