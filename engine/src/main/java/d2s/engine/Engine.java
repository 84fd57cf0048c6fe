package d2s.engine;

import d2s.engine.check.BoundMappings;
import d2s.engine.check.Checker;
import d2s.engine.check.LedgerCheck;
import d2s.engine.docs.MappingTable;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.MappingSet;
import d2s.engine.plan.Plan;
import d2s.engine.prepare.Mode;
import d2s.engine.prepare.Preflight;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.Queries;
import d2s.engine.result.CheckResult;
import d2s.engine.result.FileResult;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.run.FileOptions;
import d2s.engine.run.FileRun;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.verify.VerificationResults;
import d2s.engine.verify.Verifier;
import d2s.engine.verify.VerifierOptions;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problems;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
   * Reads the mapping files of a directory on the class path.
   *
   * @throws InvalidMappingsException with all problems of all files
   */
  public static MappingSet loadResources(String directory) {
    return MappingSetLoader.loadResources(directory);
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
   * Checks the mapping files against two catalogs, in two empty databases: their tables are made
   * there first.
   *
   * @param problems takes what does not fit
   */
  public CheckedMappings check(
      Catalog source,
      Catalog target,
      Connection emptySource,
      Connection emptyTarget,
      Problems problems)
      throws SQLException {
    CatalogDdl.create(emptySource, source);
    CatalogDdl.create(emptyTarget, target);
    int version = Integer.parseInt(target.version());
    List<String> facts = set.facts().stream().map(fact -> fact.name().value()).toList();
    BoundMappings bound =
        new Checker(
                set,
                source,
                target,
                new Queries(set.views(), facts, Map.of()),
                new LiveDescriber(emptySource, emptyTarget),
                version,
                problems)
            .check();
    Plan plan = Plan.of(set, bound, target, problems);
    return new CheckedMappings(version, source, target, bound.mappings().size(), plan);
  }

  /**
   * Checks that every column of both sides is mapped, or listed in the ledger with a reason.
   *
   * @throws InvalidMappingsException with all columns that are neither
   */
  public void checkLedger(Collection<CheckedMappings> checked) {
    Problems problems = new Problems();
    for (CheckedMappings one : checked) {
      LedgerCheck ledger = new LedgerCheck(set, one.targetVersion(), problems);
      ledger.source(one.source());
      ledger.target(one.target());
    }
    problems.throwIfAny();
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

  /** What becomes of every table, as lines of Markdown. */
  public List<String> mappingTable(Catalog source, Catalog target) {
    return new MappingTable(set, source, target).lines();
  }
}
