package d2s.engine.run;

import d2s.engine.index.BulkTables;
import d2s.engine.index.IndexBuilder;
import d2s.engine.mapping.MappingSet;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.prepare.Mode;
import d2s.engine.prepare.Preflight;
import d2s.engine.read.SourceSnapshot;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.result.Skips;
import d2s.engine.result.StepResult;
import d2s.engine.result.StoreResult;
import d2s.engine.result.UnmetExpectation;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.Snapshots;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.write.SqlComputedValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * The target is written through one connection. Two more steps are enough to read and transform
   * while one waits for it.
   */
  private static final int STEPS_AT_A_TIME = 3;

  /** For each sort and hash of a query; a few of them are at work at a time. */
  private static final String QUERY_MEMORY = "64MB";

  /** For building indexes; taken only while one is built. */
  private static final String INDEX_BUILD_MEMORY = "256MB";

  /**
   * How fine the statistics are that are made of loaded tables, instead of 100: enough to plan what
   * this run itself asks. After the commit PostgreSQL takes all rows for changed and soon makes its
   * own.
   */
  private static final int STATISTICS = 30;

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
        giveMemory(reading);
        giveMemory(writing);
        lock(writing);
        Preflight prepared =
            Preflight.of(
                set, reading, writing, options.given(), options.dryRun() ? Mode.CHECK : Mode.LOAD);
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
        RunResult result = run(prepared, plan, stores, reading, writing, progress, start);
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

  private RunResult run(
      Preflight prepared,
      Plan plan,
      List<StoreResult> stores,
      Connection reading,
      Connection writing,
      Progress progress,
      long start)
      throws SQLException {
    Skips skips = new Skips(options.strict());
    try (SourceSnapshot snapshot = new SourceSnapshot(reading, source, STEPS_AT_A_TIME);
        SqlComputedValues values = new SqlComputedValues(this.target)) {
      SharedConnection target = new SharedConnection(writing);
      BulkTables bulk = new BulkTables(plan, reading, target);
      for (SharedConnection connection : snapshot.connections()) {
        connection.act(Migration::giveMemory);
        // What is read are whole tables. A nested loop, chosen on a wrong estimate, would be
        // quadratic.
        connection.execute("set local enable_nestloop = off");
      }
      target.act(Migration::giveMemory);
      target.execute("set local default_statistics_target = " + STATISTICS);
      bulk.pause();
      progress.planned(mappingsPerPhase(plan));
      Runnable cancel =
          () -> {
            snapshot.connections().forEach(SharedConnection::cancel);
            target.cancel();
            values.cancel();
          };
      PreCommitChecks checks = new PreCommitChecks(plan, prepared.queries(), skips, progress);
      List<StepResult> steps =
          new StepScheduler(plan, new IndexBuilder(plan, bulk, target, progress), cancel)
              .run(
                  snapshot.connections(),
                  (step, from) ->
                      new StepExecution(
                          step,
                          prepared.queries(),
                          new StepContext(
                              from,
                              target,
                              values,
                              prepared.target(),
                              prepared.queries().facts(),
                              skips,
                              progress),
                          bulk),
                  checks::countSource);
      try {
        // Deferred foreign keys speak now, while it can still be said what broke them.
        target.execute("set constraints all immediate");
      } catch (SQLException e) {
        throw new MigrationFailedException(
            "the target refuses the loaded rows: " + SqlErrors.reason(e),
            SqlErrors.withoutValues(e));
      }
      List<Skipped> skipped = inOrder(skips, plan);
      List<UnmetExpectation> findings = checks.look(snapshot.connections().get(0), target);
      return new RunResult(
          stores,
          steps,
          skipped,
          findings,
          Duration.ofNanos(System.nanoTime() - start),
          !options.dryRun() && findings.isEmpty());
    }
  }

  /**
   * Until the end of the transaction: that of the target begins anew when files have been carried.
   */
  private static void giveMemory(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local work_mem = '" + QUERY_MEMORY + "'");
      statement.execute("set local maintenance_work_mem = '" + INDEX_BUILD_MEMORY + "'");
      statement.execute("set local jit = off");
    }
  }

  private static Map<String, Integer> mappingsPerPhase(Plan plan) {
    Map<String, Integer> mappings = new LinkedHashMap<>();
    plan.steps().forEach(step -> mappings.merge(step.phase(), 1, Integer::sum));
    return mappings;
  }

  /** Steps that run side by side skip at the same time; a report has the order of the plan. */
  private static List<Skipped> inOrder(Skips skips, Plan plan) {
    return plan.steps().stream().flatMap(step -> skips.of(step.name()).stream()).toList();
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
