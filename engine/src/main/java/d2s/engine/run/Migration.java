package d2s.engine.run;

import d2s.engine.index.BulkTables;
import d2s.engine.mapping.MappingSet;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.prepare.Checks;
import d2s.engine.prepare.Freshness;
import d2s.engine.prepare.Mode;
import d2s.engine.prepare.Preflight;
import d2s.engine.prepare.ServerSpace;
import d2s.engine.prepare.TargetLock;
import d2s.engine.result.CheckResult;
import d2s.engine.result.CommitUnknownException;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skips;
import d2s.engine.result.StoreResult;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.Snapshots;
import d2s.engine.sql.SqlErrors;
import d2s.engine.step.RowContext;
import d2s.engine.transfer.FileRun;
import d2s.engine.transfer.FileStage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Runs a mapping set: all of it in one transaction on the target, reading one snapshot of the
 * source. Either everything is there afterwards, or the target is what it was.
 */
public final class Migration {

  private final MappingSet set;
  private final DataSource source;
  private final DataSource target;
  private final RunOptions options;
  private final FileStage files;
  private volatile boolean stopped;

  public Migration(MappingSet set, DataSource source, DataSource target, RunOptions options) {
    this.set = set;
    this.source = source;
    this.target = target;
    this.options = options;
    this.files = new FileStage(set, options.files(), options.dryRun());
  }

  /**
   * Ends the copying of files soon, from any thread, and lets nothing be committed any more; the
   * run then fails. What a database is doing is ended by whoever has the connections.
   */
  public void stop() {
    stopped = true;
    files.stop();
  }

  /**
   * @throws PreconditionFailedException if the databases are not in a state that can be migrated;
   *     nothing was touched
   * @throws d2s.engine.yaml.InvalidMappingsException if the mapping files do not fit; nothing was
   *     touched
   * @throws MigrationFailedException if something went wrong; rolled back
   */
  public RunResult run(Progress progress) {
    try {
      return migrate(progress);
    } catch (SQLException e) {
      throw new MigrationFailedException(failed(e), SqlErrors.withoutValues(e));
    }
  }

  private static String failed(SQLException e) {
    return FailedDatabase.subject(e)
        + " failed: "
        + SqlErrors.reason(e)
        + SqlErrors.advice(e, FailedDatabase.of(e));
  }

  private static Connection open(DataSource database, String name) throws SQLException {
    try {
      return database.getConnection();
    } catch (SQLException e) {
      throw FailedDatabase.mark(e, name);
    }
  }

  /**
   * Finds out what {@link #run} would be refused for, by the very code that it begins with, and
   * changes nothing.
   *
   * @return every check with what it came to
   * @throws d2s.engine.yaml.InvalidMappingsException if the mapping files do not fit
   * @throws MigrationFailedException if a database fails
   */
  public List<CheckResult> check() {
    try (Connection reading = open(source, "source");
        Connection writing = open(target, "target")) {
      Snapshots.begin(reading);
      Snapshots.begin(writing);
      try {
        DatabaseLoad.giveMemory(reading);
        Checks checks = new Checks(options.known());
        Preflight prepared = prepare(reading, writing, checks);
        if (prepared != null && !checks.hasErrors()) {
          checks.add(
              RunSize.check(prepared.plan().only(options.phases()), prepared.queries(), reading));
        }
        return checks.all();
      } catch (SQLException e) {
        throw FailedDatabase.mark(e, reading, writing);
      } finally {
        rollback(writing);
        rollback(reading);
      }
    } catch (SQLException e) {
      throw new MigrationFailedException(failed(e), SqlErrors.withoutValues(e));
    }
  }

  private RunResult migrate(Progress progress) throws SQLException {
    long start = System.nanoTime();
    try (Connection reading = open(source, "source");
        Connection writing = open(target, "target")) {
      // The snapshot begins with the first query, so that the facts belong to it too.
      Snapshots.begin(reading);
      writing.setAutoCommit(false);
      try {
        progress.checking();
        DatabaseLoad.giveMemory(reading);
        DatabaseLoad.giveMemory(writing);
        Checks checks = new Checks(options.known());
        Preflight prepared = prepare(reading, writing, checks);
        checks.throwIfErrors();
        progress.checked(checks.all());
        Plan plan = prepared.plan().only(options.phases());
        progress.plannedSteps(BulkTables.estimates(plan, reading));
        List<StoreResult> stores = List.of();
        if (files.concerns(plan)) {
          // Before the load, because a file that nobody refers to does no harm, a row without its
          // file does. It may take long, and no transaction of the target has to wait for it.
          rollback(writing);
          stores = carryFiles(prepared, plan, reading, progress);
          TargetLock.take(writing);
          Freshness.require(plan, writing);
        }
        DatabaseLoad.Result loaded =
            new DatabaseLoad(prepared, plan, source, target, progress)
                .run(reading, writing, new Skips(options.strict()));
        RunResult result =
            new RunResult(
                stores,
                loaded.steps(),
                loaded.skipped(),
                loaded.findings(),
                checks.all(),
                loaded.counted(),
                Duration.ofNanos(System.nanoTime() - start),
                !options.dryRun() && loaded.findings().isEmpty());
        if (result.committed()) {
          checkBeforeCommit(prepared, reading, writing);
          commit(writing);
        }
        return result;
      } catch (SQLException e) {
        throw FailedDatabase.mark(e, reading, writing);
      } finally {
        rollback(writing);
        rollback(reading);
      }
    }
  }

  /** Finds out everything that a run is refused for, and what a person should know before one. */
  private Preflight prepare(Connection reading, Connection writing, Checks checks)
      throws SQLException {
    Preflight prepared =
        Preflight.look(
            set,
            reading,
            writing,
            options.given(),
            options.dryRun() ? Mode.CHECK : Mode.LOAD,
            options.accepted(),
            checks);
    if (prepared != null) {
      Plan plan = prepared.plan().only(options.phases());
      checks.add(Freshness.check(plan, writing));
      checks.add(ServerSpace.check(reading, writing, options.accepted()));
      if (files.concerns(plan)) {
        files.check(
            plan.steps().stream().map(Step::bound).toList(),
            prepared.queries(),
            context(prepared, reading, Progress.silent()),
            checks);
      }
    }
    return prepared;
  }

  private static void checkBeforeCommit(Preflight prepared, Connection reading, Connection writing)
      throws SQLException {
    try {
      prepared.checkBeforeCommit(reading, writing);
    } catch (PreconditionFailedException e) {
      throw new MigrationFailedException(
          "everything was loaded, but not committed. " + String.join(" ", e.reasons()), null);
    }
  }

  private void commit(Connection target) throws SQLException {
    if (stopped) {
      // What was cancelled may have ended by itself a moment before.
      throw new MigrationFailedException("stopped before the commit", null);
    }
    try {
      target.commit();
    } catch (SQLException e) {
      if (SqlErrors.isOutcomeUnknown(e)) {
        throw new CommitUnknownException(SqlErrors.withoutValues(e));
      }
      throw e;
    }
  }

  private List<StoreResult> carryFiles(
      Preflight prepared, Plan plan, Connection reading, Progress progress) throws SQLException {
    List<StoreResult> stores =
        files.run(
            plan.steps().stream().map(Step::bound).toList(),
            prepared.queries(),
            context(prepared, reading, progress));
    long failures = stores.stream().mapToLong(StoreResult::failures).sum();
    if (options.strict() && failures > 0) {
      throw new MigrationFailedException("strict: " + FileRun.failures(stores), null);
    }
    return stores;
  }

  /** For files. What is skipped there is skipped again by the load, and reported there. */
  private static RowContext context(Preflight prepared, Connection reading, Progress progress) {
    return RowContext.ofSource(
        new SharedConnection(reading, "source"),
        prepared.queries().facts(),
        new Skips(false),
        progress);
  }

  private static void rollback(Connection connection) {
    try {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException e) {
      // The connection is gone, and with it the transaction.
      return;
    }
  }
}
