package d2s.cli.schemas;

import d2s.cli.connection.ConnectionFailedException;
import d2s.cli.connection.Database;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.layout.DendriteSource;
import d2s.cli.layout.UnknownParts;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.RunReport;
import d2s.engine.CatalogCheck;
import d2s.engine.CheckedMappings;
import d2s.engine.Engine;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What mapping files come to on a pair of databases. Nothing is changed to find that out.
 *
 * @param against the pair, for people
 */
public record SchemaCheck(String against, CheckedMappings result) {

  /**
   * Looks at the databases that the user gave, or without any at the schemas that ship with the
   * program.
   *
   * @return at least one
   * @throws d2s.engine.result.PreconditionFailedException if a database is not the right one, or
   *     not in the right state
   * @throws InvalidMappingsException if the mapping files do not fit
   */
  public static List<SchemaCheck> of(
      MappingSet set,
      Optional<Layouts> layouts,
      DatabaseOptions.Resolved databases,
      Console console,
      ResultDocument document,
      InterruptHandler interruption)
      throws CommandFailedException, ConnectionFailedException, SQLException, IOException {
    if (databases.dendrite().isPresent() || databases.synapse().isPresent()) {
      return List.of(ofDatabases(set, layouts, databases, console, document, interruption));
    }
    try (CatalogDatabases made = CatalogDatabases.start(interruption, () -> {})) {
      List<Catalog> sources = bundled("dendrite-");
      List<Catalog> targets = bundled("synapse-");
      made.prepare(sources, targets);
      Problems problems = new Problems();
      List<SchemaCheck> checks =
          ofCatalogs(new Engine(set).catalogCheck(problems), made::pair, sources, targets);
      problems.throwIfAny();
      return checks;
    }
  }

  private static SchemaCheck ofDatabases(
      MappingSet set,
      Optional<Layouts> layouts,
      DatabaseOptions.Resolved databases,
      Console console,
      ResultDocument document,
      InterruptHandler interruption)
      throws CommandFailedException, ConnectionFailedException, SQLException, IOException {
    databases.requiredDendrite();
    try (Database synapse = Database.open("Synapse", databases.requiredSynapse());
        DendriteSource dendrite =
            DendriteSource.open(
                databases.requiredDendrite(),
                databases.staging(),
                layouts,
                set,
                false,
                false,
                console,
                interruption);
        Connection source = dendrite.database().getConnection();
        Connection target = synapse.getConnection()) {
      console.print("Dendrite has " + dendrite.describe() + ".");
      dendrite.layout().forEach(line -> console.print("- " + line));
      document.put("layout", dendrite.document());
      console.print(
          RunReport.skipped(
              dendrite.skipped(), true, console.verbosity() > 0, console.screen().width()));
      UnknownParts.check(set, dendrite.database(), synapse, databases.acceptedUnknown(), console);
      return new SchemaCheck(
          "these databases", new Engine(set).check(source, target, databases.facts(set)));
    }
  }

  /** Checks against every pair of the catalogs. */
  public static List<SchemaCheck> ofCatalogs(
      CatalogCheck check, CatalogPairs pairs, List<Catalog> sources, List<Catalog> targets)
      throws SQLException, IOException {
    List<SchemaCheck> checks = new ArrayList<>();
    for (Catalog source : sources) {
      for (Catalog target : targets) {
        checks.add(
            new SchemaCheck(
                CatalogDatabases.nameOf(source, target), check.check(pairs.of(source, target))));
      }
    }
    return checks;
  }

  /** The schemas of a server that ship with the program, read by all processors. */
  public static List<Catalog> bundled(String prefix) {
    return BundledCatalogs.names().parallelStream()
        .filter(name -> name.startsWith(prefix))
        .map(BundledCatalogs::read)
        .toList();
  }
}
