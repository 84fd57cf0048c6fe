package d2s.cli.check;

import d2s.cli.connection.ConnectionSettings;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.ExitCode;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.schemas.CatalogFiles;
import d2s.cli.schemas.SchemaCheck;
import d2s.engine.schema.Catalog;
import d2s.matrix.catalog.BundledCatalogs;
import java.util.List;
import java.util.Optional;

/**
 * Which schemas mapping files are held against: those of the databases that the user gave, and in
 * place of a missing one all that ship with the program.
 *
 * @param synapseCatalog a file or a name that stands for Synapse's database; null if none was given
 */
public record SchemaChoice(DatabaseOptions.Resolved databases, String synapseCatalog) {

  /** Whether both databases are there to be asked themselves. */
  boolean isLive() {
    return databases.dendrite().isPresent()
        && databases.synapse().isPresent()
        && synapseCatalog == null;
  }

  /**
   * The schemas, from old to new.
   *
   * @param sources empty where those that ship with the program are meant
   * @param targets the same
   */
  record Given(List<Catalog> sources, List<Catalog> targets) {

    /** Puts those that ship with the program in the place of missing ones, which takes a while. */
    Given complete() {
      return new Given(
          sources.isEmpty() ? SchemaCheck.bundled("dendrite-") : sources,
          targets.isEmpty() ? SchemaCheck.bundled("synapse-") : targets);
    }
  }

  /** Reads the schemas that the user gave. */
  Given given() throws Exception {
    return new Given(sources(), targets());
  }

  private List<Catalog> sources() throws Exception {
    if (databases.dendrite().isEmpty()) {
      return List.of();
    }
    Optional<ConnectionSettings> single = databases.dendrite().get().single();
    if (single.isEmpty()) {
      throw new CommandFailedException(
          ExitCode.USAGE, "give one PostgreSQL database: --dendrite-db");
    }
    return List.of(
        CatalogFiles.capture(
            "Dendrite", single.get(), "dendrite", BundledCatalogs.DENDRITE_VERSION_QUERY));
  }

  private List<Catalog> targets() throws Exception {
    if (synapseCatalog != null) {
      return List.of(CatalogFiles.read(synapseCatalog));
    }
    return databases.synapse().isPresent()
        ? List.of(
            CatalogFiles.capture(
                "Synapse",
                databases.synapse().get(),
                "synapse",
                BundledCatalogs.SYNAPSE_VERSION_QUERY))
        : List.of();
  }
}
