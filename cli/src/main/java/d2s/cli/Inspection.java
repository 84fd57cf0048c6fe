package d2s.cli;

import d2s.cli.connection.ConnectionFailed;
import d2s.cli.connection.Database;
import d2s.engine.check.Checked;
import d2s.engine.check.Checker;
import d2s.engine.check.LiveDescriber;
import d2s.engine.plan.Plan;
import d2s.engine.run.Preparation;
import d2s.engine.run.Purpose;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.schema.Queries;
import d2s.engine.spec.InvalidMappings;
import d2s.engine.spec.MappingSet;
import d2s.engine.spec.Problem;
import d2s.engine.spec.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What mapping files come to on a pair of databases. Nothing is changed to find that out.
 *
 * @param against the pair, for people
 * @param targetVersion the schema version of the target
 * @param source the schema of the source
 * @param target the schema of the target
 */
record Inspection(
    String against, int targetVersion, Catalog source, Catalog target, Checked checked, Plan plan) {

  private static final String SOURCE = "source";
  private static final String TARGET = "target";

  /**
   * Looks at the databases that the user gave, or without any at the schemas that ship with the
   * program.
   *
   * @return at least one
   * @throws d2s.engine.run.Refused if a database is not the right one, or not in the right state
   * @throws InvalidMappings if the mapping files do not fit
   */
  static List<Inspection> of(
      MappingSet set, DatabaseOptions.Resolved databases, Interruption interruption)
      throws CommandFailure, ConnectionFailed, SQLException, IOException {
    return databases.dendrite().isEmpty() && databases.synapse().isEmpty()
        ? ofBundledCatalogs(set, interruption)
        : List.of(ofDatabases(set, databases));
  }

  private static Inspection ofDatabases(MappingSet set, DatabaseOptions.Resolved databases)
      throws CommandFailure, ConnectionFailed, SQLException {
    try (Database dendrite = Database.open("Dendrite", databases.requiredDendrite());
        Database synapse = Database.open("Synapse", databases.requiredSynapse());
        Connection source = dendrite.getConnection();
        Connection target = synapse.getConnection()) {
      source.setReadOnly(true);
      target.setReadOnly(true);
      Preparation prepared =
          Preparation.of(set, source, target, databases.facts(set), Purpose.TRIAL);
      return new Inspection(
          "these databases",
          prepared.targetVersion(),
          prepared.source(),
          prepared.target(),
          prepared.checked(),
          prepared.plan());
    }
  }

  /** Makes every pair of shipped schemas in a temporary PostgreSQL, without rows. */
  private static List<Inspection> ofBundledCatalogs(MappingSet set, Interruption interruption)
      throws SQLException, IOException {
    List<Inspection> inspections = new ArrayList<>();
    // The same problem shows in several pairs.
    Map<String, Problem> problems = new LinkedHashMap<>();
    try (TemporaryPostgres postgres = new TemporaryPostgres()) {
      interruption.guard(
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
      throw new InvalidMappings(List.copyOf(problems.values()));
    }
    return inspections;
  }

  private static Inspection inspect(
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
      CatalogDdl.create(source, sourceCatalog);
      CatalogDdl.create(target, targetCatalog);
      int version = Integer.parseInt(targetCatalog.version());
      List<String> facts = set.facts().stream().map(fact -> fact.name().value()).toList();
      Checked checked =
          new Checker(
                  set,
                  sourceCatalog,
                  targetCatalog,
                  new Queries(set.views(), facts, Map.of()),
                  new LiveDescriber(source, target),
                  version,
                  problems)
              .check();
      return new Inspection(
          pair,
          version,
          sourceCatalog,
          targetCatalog,
          checked,
          Plan.of(set, checked, targetCatalog, problems));
    }
  }

  private static List<Catalog> catalogs(String prefix) {
    return BundledCatalogs.names().stream()
        .filter(name -> name.startsWith(prefix))
        .map(BundledCatalogs::read)
        .toList();
  }
}
