package d2s.engine;

import d2s.engine.docs.Lineage;
import d2s.engine.docs.MappingTable;
import d2s.engine.docs.SchemaHistory;
import d2s.engine.examples.ExampleTrials;
import d2s.engine.ledger.LedgerCheck;
import d2s.engine.loader.LayoutsLoader;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Precondition;
import d2s.engine.mapping.Side;
import d2s.engine.prepare.Mode;
import d2s.engine.prepare.Preflight;
import d2s.engine.query.Queries;
import d2s.engine.result.CheckResult;
import d2s.engine.result.FileResult;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import d2s.engine.schema.Catalog;
import d2s.engine.staging.Distribution;
import d2s.engine.staging.FileUsers;
import d2s.engine.staging.Origin;
import d2s.engine.staging.PostgresOrigin;
import d2s.engine.staging.SqliteOrigin;
import d2s.engine.staging.Staging;
import d2s.engine.transfer.FileOptions;
import d2s.engine.transfer.FileRun;
import d2s.engine.verify.VerificationResults;
import d2s.engine.verify.Verifier;
import d2s.engine.verify.VerifierOptions;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * All that can be done with a mapping set. Whatever it throws for a person is an {@link
 * InvalidMappingsException}, a {@link d2s.engine.result.PreconditionFailedException} or a {@link
 * d2s.engine.result.MigrationFailedException}.
 */
public final class Engine {

  private final MappingSet set;

  public Engine(MappingSet set) {
    this.set = set;
  }

  /**
   * Reads the mapping files of a directory.
   *
   * @throws InvalidMappingsException with all problems of all files
   * @throws java.io.UncheckedIOException if the directory cannot be read
   */
  public static MappingSet load(Path directory) {
    return MappingSetLoader.load(directory);
  }

  /**
   * Reads the mapping files of a directory as far as they can be read.
   *
   * @param problems takes what is wrong
   * @return without the files that have a problem; empty where nothing can be used
   * @throws java.io.UncheckedIOException if the directory cannot be read
   */
  public static Optional<MappingSet> load(Path directory, Problems problems) {
    return MappingSetLoader.load(directory, problems);
  }

  /**
   * Reads the mapping files of a directory on the class path.
   *
   * @throws InvalidMappingsException with all problems of all files
   */
  public static MappingSet loadResources(String directory) {
    return MappingSetLoader.loadResources(directory);
  }

  /**
   * Reads where the source of a directory of mapping files may keep its tables.
   *
   * @return empty if no file says so: then the source is always one database
   * @throws InvalidMappingsException with all problems of the file
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public static Optional<Layouts> loadLayouts(Path directory) {
    return LayoutsLoader.load(directory);
  }

  /** The same of a directory on the class path. */
  public static Optional<Layouts> loadLayoutResources(String directory) {
    return LayoutsLoader.loadResources(directory);
  }

  /** Whether a file is an SQLite database. */
  public static boolean isSqliteFile(Path file) throws IOException {
    return SqliteOrigin.isOne(file);
  }

  /**
   * Other processes that use SQLite files, for people; empty if there are none, or if that cannot
   * be told.
   */
  public static Set<String> usersOf(Collection<Path> sqliteFiles) throws IOException {
    return FileUsers.of(
        sqliteFiles.stream().flatMap(file -> SqliteOrigin.files(file).stream()).toList());
  }

  /** Whether {@link #usersOf} would know every process on this machine that uses one of them. */
  public static boolean knowsUsersOf(Collection<Path> sqliteFiles) throws IOException {
    return FileUsers.seesAll(sqliteFiles);
  }

  /** How much room an SQLite file takes, with what has to be read together with it. */
  public static long bytesOf(Path sqliteFile) throws IOException {
    long bytes = 0;
    for (Path one : SqliteOrigin.files(sqliteFile)) {
      bytes += Files.size(one);
    }
    return bytes;
  }

  /** Whether {@link #origin(Path, Layouts, Path)} makes a copy of the file in the workspace. */
  public static boolean isCopiedToBeRead(Path sqliteFile) {
    return SqliteOrigin.files(sqliteFile).size() > 1;
  }

  /**
   * Opens an SQLite file that a source keeps tables in. It is never changed.
   *
   * @param workspace a folder for a copy, if the file needs one
   * @throws IOException if it cannot be read
   */
  public static Origin origin(Path sqliteFile, Layouts layouts, Path workspace)
      throws IOException, SQLException {
    return new SqliteOrigin(sqliteFile, layouts.files(), workspace);
  }

  /**
   * A database that a source keeps tables in. It is never changed.
   *
   * @param name for people
   * @param connection ends with the origin
   */
  public static Origin origin(String name, Connection connection) throws SQLException {
    return new PostgresOrigin(name, connection);
  }

  /**
   * Finds out which table comes from which origin.
   *
   * @param catalog how the tables are to be in one database
   */
  public static Distribution distribution(
      Layouts layouts, Catalog catalog, List<Distribution.Place> places) throws SQLException {
    return Distribution.of(layouts, catalog, places);
  }

  /**
   * The copy of all origins into one database, which has not begun.
   *
   * @param catalog the sequences, and how tables are to be that no origin has
   * @param distribution without problems
   * @param target an empty database
   * @param strict whether a row that cannot be read ends everything
   * @return a job that reports the rows that were left out
   */
  public static Job<List<Skipped>> staging(
      Layouts layouts,
      Catalog catalog,
      Distribution distribution,
      DataSource target,
      boolean strict) {
    Staging staging = new Staging(layouts, catalog, distribution, target, strict);
    return new Job<>() {
      @Override
      public List<Skipped> run(Progress progress) {
        return staging.run(progress);
      }

      @Override
      public void stop() {
        staging.stop();
      }
    };
  }

  /**
   * Checks one of several databases of a source before a load: what must hold then and at no other
   * time must hold of each of them.
   *
   * @throws d2s.engine.result.PreconditionFailedException with every reason not to begin
   */
  public void checkPart(Connection part) throws SQLException {
    List<Precondition> preconditions =
        set.preconditions().stream()
            .filter(one -> one.side() == Side.SOURCE)
            .filter(one -> one.appliesTo().equals(Set.of(Precondition.Use.LOAD)))
            .toList();
    List<String> facts = set.facts().stream().map(fact -> fact.name().value()).toList();
    Preflight.checkPreconditions(
        preconditions, new Queries(set.views(), facts, Map.of()), Map.of(Side.SOURCE, part));
  }

  /** The tables and columns of a source that no mapping reads and no ledger lists. */
  public List<LedgerCheck.Unaccounted> unaccounted(Catalog source, int targetVersion) {
    return new LedgerCheck(set, targetVersion, new Problems()).unaccounted(source);
  }

  /**
   * Checks the mapping files against two databases. Nothing is changed.
   *
   * @param given facts that the caller knows, by name; they are not queried
   * @throws d2s.engine.result.PreconditionFailedException if a database is not the right one, or
   *     not in the right state
   * @throws InvalidMappingsException if the mapping files do not fit
   */
  public CheckedMappings check(Connection source, Connection target, Map<String, Object> given)
      throws SQLException {
    source.setReadOnly(true);
    target.setReadOnly(true);
    Preflight prepared = Preflight.of(set, source, target, given, Mode.CHECK);
    return new CheckedMappings(
        prepared.targetVersion(),
        prepared.source(),
        prepared.target(),
        prepared.checked().mappings().size(),
        prepared.plan());
  }

  /**
   * Checks the mapping files against catalogs.
   *
   * @param problems what is known to be wrong already; takes what does not fit
   */
  public CatalogCheck catalogCheck(Problems problems) {
    return new CatalogCheck(set, problems);
  }

  /**
   * What a migration with these options would be refused for, and what a person should know before
   * one: found by the very code that the migration begins with. Nothing is changed.
   *
   * @throws InvalidMappingsException if the mapping files do not fit
   */
  public List<CheckResult> preflight(DataSource source, DataSource target, RunOptions options) {
    return new Migration(set, source, target, options).check();
  }

  /**
   * Accounts for the columns of the target alone.
   *
   * @throws InvalidMappingsException with all columns that are neither
   */
  public void checkTargetLedger(Collection<CheckedMappings> checked) {
    Problems problems = new Problems();
    for (CheckedMappings one : checked) {
      new LedgerCheck(set, one.targetVersion(), problems).target(one.target());
    }
    problems.throwIfAny();
  }

  /** A migration that has not begun: in one transaction on the target, from one snapshot. */
  public Job<RunResult> migration(DataSource source, DataSource target, RunOptions options) {
    Migration migration = new Migration(set, source, target, options);
    return new Job<>() {
      @Override
      public RunResult run(Progress progress) {
        return migration.run(progress);
      }

      @Override
      public void stop() {
        migration.stop();
      }
    };
  }

  /**
   * A run that copies files only, and has not begun.
   *
   * @param given facts that the caller knows, by name; they are not queried
   * @param dryRun everything is read and checked, nothing is written
   */
  public Job<FileResult> fileCopy(
      DataSource source, Map<String, Object> given, FileOptions options, boolean dryRun) {
    FileRun files = new FileRun(set, source, given, options, dryRun);
    return new Job<>() {
      @Override
      public FileResult run(Progress progress) {
        return files.run(progress);
      }

      @Override
      public void stop() {
        files.stop();
      }
    };
  }

  /**
   * Verifies a loaded target against its source. Nothing is changed.
   *
   * @param starting is told which verification runs next, and how many there are
   */
  public VerificationResults verify(
      DataSource source, DataSource target, VerifierOptions options, Verifier.Starting starting)
      throws SQLException {
    return new Verifier(set, source, target, options).run(starting);
  }

  /**
   * The examples of the mapping files.
   *
   * @param targets from old to new; an example is tried with the oldest and the newest of those
   *     that it is for
   */
  public ExampleTrials examples(Catalog source, List<Catalog> targets) {
    return new ExampleTrials(set, source, targets);
  }

  /**
   * Where every column goes and comes from.
   *
   * @param sources schemas of the source, from old to new
   * @param targets schemas of the target, from old to new
   */
  public Lineage lineage(List<Catalog> sources, List<Catalog> targets) {
    return new Lineage(
        set, new SchemaHistory(Side.SOURCE, sources), new SchemaHistory(Side.TARGET, targets));
  }

  /** What becomes of every table, as lines of Markdown. */
  public List<String> mappingTable(Catalog source, Catalog target) {
    return new MappingTable(set, source, target).lines();
  }
}
