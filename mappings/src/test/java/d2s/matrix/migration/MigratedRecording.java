package d2s.matrix.migration;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.transfer.FileOptions;
import d2s.engine.verify.Outcome;
import d2s.engine.verify.VerificationResult;
import d2s.engine.verify.VerificationResults;
import d2s.engine.verify.Verifier;
import d2s.engine.verify.VerifierOptions;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.FreshSynapse;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A recorded Dendrite database, changed if a test wants that, migrated with the built-in mappings
 * into a database that has the schema of Synapse and the rows that a fresh one has.
 */
public final class MigratedRecording implements AutoCloseable {

  private static final MappingSet SET = MappingSetLoader.loadResources("dendrite-to-synapse");

  private final TestDatabase dendrite;
  private final TestDatabase synapse;
  private final Map<String, Object> given;
  private final RunResult result;

  private MigratedRecording(
      TestDatabase dendrite, TestDatabase synapse, Map<String, Object> given, RunResult result) {
    this.given = given;
    this.dendrite = dendrite;
    this.synapse = synapse;
    this.result = result;
  }

  /**
   * Migrates a recording.
   *
   * @param name one of {@link BundledRecordings#names()}
   * @param changes SQL that is executed in the Dendrite database before
   */
  public static MigratedRecording of(String name, String... changes) throws SQLException {
    return of(name, Map.of(), changes);
  }

  /**
   * Migrates a recording with facts that the caller of a run has to know.
   *
   * @param given facts by name
   */
  public static MigratedRecording of(String name, Map<String, Object> given, String... changes)
      throws SQLException {
    return of(name, given, Set.of(), changes);
  }

  /**
   * Migrates a recording although some preconditions do not hold.
   *
   * @param accepted their names
   */
  public static MigratedRecording of(
      String name, Map<String, Object> given, Set<String> accepted, String... changes)
      throws SQLException {
    TestDatabase dendrite = restored(name);
    dendrite.execute(changes);
    return of(dendrite, freshSynapse(), given, accepted);
  }

  /** Migrates any Dendrite database, which is dropped with this object. */
  public static MigratedRecording ofDatabase(TestDatabase dendrite, Map<String, Object> given)
      throws SQLException {
    return of(dendrite, freshSynapse(), given, Set.of());
  }

  /** Migrates a recording into the Synapse of a catalog. */
  public static MigratedRecording into(String catalog, String name) throws SQLException {
    return of(restored(name), freshSynapse(BundledCatalogs.read(catalog)), Map.of(), Set.of());
  }

  private static MigratedRecording of(
      TestDatabase dendrite, TestDatabase synapse, Map<String, Object> given, Set<String> accepted)
      throws SQLException {
    RunResult result =
        new Migration(
                SET,
                dendrite.dataSource(),
                synapse.dataSource(),
                new RunOptions(
                    false, false, Set.of(), given, FileOptions.NONE, accepted, List.of()))
            .run(Progress.silent());
    return new MigratedRecording(dendrite, synapse, given, result);
  }

  /** A database with what was recorded of a Dendrite. */
  public static TestDatabase restored(String name) throws SQLException {
    TestDatabase dendrite = TestPostgres.createDatabase("recorded");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore(name, connection);
    }
    return dendrite;
  }

  /** A database as a Synapse has it that was never started. */
  static TestDatabase freshSynapse() throws SQLException {
    return freshSynapse(BundledCatalogs.newest("synapse"));
  }

  private static TestDatabase freshSynapse(Catalog catalog) throws SQLException {
    TestDatabase synapse = TestPostgres.createDatabase("migrated");
    try (Connection connection = synapse.connect()) {
      CatalogDdl.create(connection, catalog);
    }
    synapse.execute(FreshSynapse.version(catalog.version()));
    for (String row : FreshSynapse.rows(84)) {
      // Older schemas do not have all of these tables.
      if (catalog.table(row.split(" ")[2]).isPresent()) {
        synapse.execute(row);
      }
    }
    return synapse;
  }

  /** What the run said. */
  public RunResult result() {
    return result;
  }

  /** Holds the result against its source. */
  public VerificationResults verify() throws SQLException {
    return verify(Set.of());
  }

  /**
   * Holds the result against its source, in as many connections at once as a user's run has.
   *
   * @param only the verifications to run; empty means all
   */
  VerificationResults verify(Set<String> only) throws SQLException {
    return new Verifier(
            SET,
            dendrite.dataSource(),
            synapse.dataSource(),
            new VerifierOptions(given, Map.of(), only))
        .run(name -> {});
  }

  /**
   * Holds one database against another, such as transactions that look into them.
   *
   * @param only the verifications to run; empty means all
   */
  static VerificationResults verify(DataSource source, DataSource target, Set<String> only)
      throws SQLException {
    return new Verifier(SET, source, target, new VerifierOptions(Map.of(), Map.of(), only))
        .run(name -> {});
  }

  UncommittedTransaction dendriteTransaction() throws SQLException {
    return new UncommittedTransaction(dendrite.connect());
  }

  UncommittedTransaction synapseTransaction() throws SQLException {
    return new UncommittedTransaction(synapse.connect());
  }

  TestDatabase copyOfSynapse() throws SQLException {
    return synapse.copy("mutated");
  }

  /** What the verifications find wrong, and those that fail, each in one line. */
  List<String> faults() throws SQLException {
    List<String> faults = new ArrayList<>();
    for (VerificationResult one : verify().results()) {
      one.findings().forEach(f -> faults.add(one.name() + ": " + f.what() + ": " + f.reason()));
      if (one.outcome() == Outcome.ERROR) {
        faults.add(one.name() + ": error: " + one.reason());
      }
    }
    return faults;
  }

  /** Changes the Synapse database. */
  public void change(String... statements) throws SQLException {
    synapse.execute(statements);
  }

  /** Everything that was skipped by a mapping, as "what: reason". */
  public List<String> skipped(String mapping) {
    return result.skipped().stream()
        .filter(skipped -> skipped.mapping().equals(mapping))
        .map(skipped -> skipped.what() + ": " + skipped.reason())
        .toList();
  }

  /** The rows of a query on the Synapse database, columns joined by '|', NULL as empty text. */
  public List<String> rows(String query) throws SQLException {
    return rows(synapse, query);
  }

  /** Everything that the Synapse database holds, and its definitions. */
  public List<String> everything() throws SQLException {
    return synapse.everything();
  }

  /** The rows of a query on the Dendrite database. */
  public List<String> sourceRows(String query) throws SQLException {
    return rows(dendrite, query);
  }

  private static List<String> rows(TestDatabase database, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          String value = result.getString(column);
          row.add(value == null ? "" : value);
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    dendrite.drop();
    synapse.drop();
  }
}
