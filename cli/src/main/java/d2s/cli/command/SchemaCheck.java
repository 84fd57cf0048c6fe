package d2s.cli.command;

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
import d2s.cli.sandbox.TemporaryPostgres;
import d2s.engine.CheckedMappings;
import d2s.engine.Engine;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What mapping files come to on a pair of databases. Nothing is changed to find that out.
 *
 * @param against the pair, for people
 */
record SchemaCheck(String against, CheckedMappings result) {

  private static final String SOURCE = "source";
  private static final String TARGET = "target";

  /**
   * Looks at the databases that the user gave, or without any at the schemas that ship with the
   * program.
   *
   * @return at least one
   * @throws d2s.engine.result.PreconditionFailedException if a database is not the right one, or
   *     not in the right state
   * @throws InvalidMappingsException if the mapping files do not fit
   */
  static List<SchemaCheck> of(
      MappingSet set,
      Optional<Layouts> layouts,
      DatabaseOptions.Resolved databases,
      Console console,
      ResultDocument document,
      InterruptHandler interruption)
      throws CommandFailedException, ConnectionFailedException, SQLException, IOException {
    return databases.dendrite().isEmpty() && databases.synapse().isEmpty()
        ? ofBundledCatalogs(set, interruption)
        : List.of(ofDatabases(set, layouts, databases, console, document, interruption));
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
          RunReport.skipped(dendrite.skipped(), console.verbosity() > 0, console.screen().width()));
      UnknownParts.check(set, dendrite.database(), synapse, databases.acceptedUnknown(), console);
      return new SchemaCheck(
          "these databases", new Engine(set).check(source, target, databases.facts(set)));
    }
  }

  /** Makes every pair of shipped schemas in a temporary PostgreSQL, without rows. */
  private static List<SchemaCheck> ofBundledCatalogs(MappingSet set, InterruptHandler interruption)
      throws SQLException, IOException {
    List<SchemaCheck> inspections = new ArrayList<>();
    // The same problem shows in several pairs.
    Map<String, Problem> problems = new LinkedHashMap<>();
    try (TemporaryPostgres postgres = new TemporaryPostgres()) {
      interruption.install(
          "Interrupted.", postgres::end, () -> "The temporary PostgreSQL was stopped and removed.");
      postgres.start();
      for (Catalog source : catalogs("dendrite-")) {
        for (Catalog target : catalogs("synapse-")) {
          Problems found = new Problems();
          inspections.add(inspect(set, source, target, postgres, found));
          found.sorted().forEach(problem -> problems.putIfAbsent(problem.toString(), problem));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidMappingsException(List.copyOf(problems.values()));
    }
    return inspections;
  }

  private static SchemaCheck inspect(
      MappingSet set,
      Catalog sourceCatalog,
      Catalog targetCatalog,
      TemporaryPostgres postgres,
      Problems problems)
      throws SQLException {
    String pair = sourceCatalog.name() + " to " + targetCatalog.name();
    postgres.createDatabase(SOURCE + " of " + pair);
    postgres.createDatabase(TARGET + " of " + pair);
    try (Connection source = postgres.connect(SOURCE + " of " + pair);
        Connection target = postgres.connect(TARGET + " of " + pair)) {
      return new SchemaCheck(
          pair, new Engine(set).check(sourceCatalog, targetCatalog, source, target, problems));
    }
  }

  private static List<Catalog> catalogs(String prefix) {
    return BundledCatalogs.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(BundledCatalogs::read)
        .toList();
  }
}
