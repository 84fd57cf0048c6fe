package d2s.engine.run;

import d2s.engine.mapping.MappingSet;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.prepare.Mode;
import d2s.engine.prepare.Preflight;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skips;
import d2s.engine.result.StoreResult;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.Snapshots;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * Runs a mapping set: all of it in one transaction on the target, reading one snapshot of the
 * source. Either everything is there afterwards, or the target is what it was.
 */
public final class Migration {

  /** Held on the target for the whole run, so that two runs cannot meet. */
  private static final long ADVISORY_LOCK = 0x6d61_7070_696e_6773L;

  private final MappingSet set;
  private final DataSource source;
  private final DataSource target;
  private final RunOptions options;
  private final FileStage files;

  public Migration(MappingSet set, DataSource source, DataSource target, RunOptions options) {
    this.set = set;
    this.source = source;
    this.target = target;
    this.options = options;
    this.files = new FileStage(set, options.files(), options.dryRun());
  }

  /**
   * Ends the copying of files soon, from any thread; the run then fails. It has no other effect:
   * what happens in a database is ended by whoever has the connections.
   */
  public void stop() {
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
      throw new MigrationFailedException(
          "a database failed: " + SqlErrors.reason(e), SqlErrors.withoutValues(e));
    }
  }

  private RunResult migrate(Progress progress) throws SQLException {
    long start = System.nanoTime();
    try (Connection reading = source.getConnection();
        Connection writing = target.getConnection()) {
      // The snapshot begins with the first query, so that the facts belong to it too.
      Snapshots.begin(reading);
      writing.setAutoCommit(false);
      try {
        DatabaseLoad.giveMemory(reading);
        DatabaseLoad.giveMemory(writing);
        lock(writing);
        Preflight prepared =
            Preflight.of(
                set,
                reading,
                writing,
                options.given(),
                options.dryRun() ? Mode.CHECK : Mode.LOAD,
                options.accepted());
        Plan plan = prepared.plan().only(options.phases());
        refuseUnlessFresh(plan, writing);
        List<StoreResult> stores = List.of();
        if (files.concerns(plan)) {
          // Before the load, because a file that nobody refers to does no harm, a row without its
          // file does. It may take long, and no transaction of the target has to wait for it.
          rollback(writing);
          stores = carryFiles(prepared, plan, reading, progress);
          lock(writing);
          refuseUnlessFresh(plan, writing);
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
                Duration.ofNanos(System.nanoTime() - start),
                !options.dryRun() && loaded.findings().isEmpty());
        if (result.committed()) {
          commit(writing);
        }
        return result;
      } finally {
        rollback(writing);
        rollback(reading);
      }
    }
  }

  private static void commit(Connection target) throws SQLException {
    try {
      target.commit();
    } catch (SQLException e) {
      if (SqlErrors.isLost(e)) {
        throw new MigrationFailedException(
            "the connection to the target was lost while everything was being committed. Either all"
                + " of it is there or nothing; run this again, and it will say which: a target that"
                + " holds rows is refused.",
            SqlErrors.withoutValues(e));
      }
      throw e;
    }
  }

  private List<StoreResult> carryFiles(
      Preflight prepared, Plan plan, Connection reading, Progress progress) throws SQLException {
    // What is skipped here is skipped again by the load, and reported there.
    RowContext context =
        RowContext.ofSource(
            new SharedConnection(reading), prepared.queries().facts(), new Skips(false), progress);
    List<StoreResult> stores =
        files.run(plan.steps().stream().map(Step::bound).toList(), prepared.queries(), context);
    long failures = stores.stream().mapToLong(StoreResult::failures).sum();
    if (options.strict() && failures > 0) {
      throw new MigrationFailedException("strict: " + FileRun.failures(stores), null);
    }
    return stores;
  }

  private static void lock(Connection target) throws SQLException {
    Object locked =
        RowReader.scalar(target, "select pg_try_advisory_xact_lock(" + ADVISORY_LOCK + ")::int");
    if (!Long.valueOf(1).equals(locked)) {
      throw new PreconditionFailedException(
          List.of("Another run is working on this target database. Wait for it to end."));
    }
  }

  private static void refuseUnlessFresh(Plan plan, Connection target) throws SQLException {
    SortedSet<String> tables = new TreeSet<>();
    for (Step step : plan.steps()) {
      tables.addAll(step.fills());
    }
    List<String> reasons = new ArrayList<>();
    for (String table : tables) {
      Object found =
          RowReader.scalar(target, "select 1 from " + SqlIdentifier.quote(table) + " limit 1");
      if (found != null) {
        reasons.add(table);
      }
    }
    if (!reasons.isEmpty()) {
      throw new PreconditionFailedException(
          List.of(
              "The target is not freshly initialised: there are rows in "
                  + String.join(", ", reasons)
                  + ". Make a new database for it, or empty this one, and start again."));
    }
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
