package d2s.engine.run;

import d2s.engine.check.Bound;
import d2s.engine.check.Refusal;
import d2s.engine.files.StoreResult;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.run.CopyWriter.TargetException;
import d2s.engine.schema.SqlIdentifier;
import d2s.engine.spec.Count;
import d2s.engine.spec.Expectation;
import d2s.engine.spec.Mapping;
import d2s.engine.spec.MappingSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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

  private static final int FINDINGS_PER_EXPECTATION = 5;

  /** For each sort and hash of a query; a few of them are at work at a time. */
  private static final String QUERY_MEMORY = "64MB";

  /** For building indexes; taken only while one is built. */
  private static final String INDEX_BUILD_MEMORY = "256MB";

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
   * @throws Refused if the databases are not in a state that can be migrated; nothing was touched
   * @throws d2s.engine.spec.InvalidMappings if the mapping files do not fit; nothing was touched
   * @throws RunFailed if something went wrong; rolled back
   */
  public RunResult run(Progress progress) {
    try {
      return migrate(progress);
    } catch (SQLException e) {
      throw new RunFailed("a database failed: " + Refusal.reason(e), Refusal.withoutValues(e));
    }
  }

  private RunResult migrate(Progress progress) throws SQLException {
    long start = System.nanoTime();
    try (Connection reading = source.getConnection();
        Connection writing = target.getConnection()) {
      // The snapshot begins with the first query, so that the facts belong to it too.
      reading.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      reading.setReadOnly(true);
      reading.setAutoCommit(false);
      writing.setAutoCommit(false);
      try {
        lock(writing);
        Preparation prepared =
            Preparation.of(
                set,
                reading,
                writing,
                options.given(),
                options.dryRun() ? Purpose.TRIAL : Purpose.LOAD);
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
      if (Refusal.isLost(e)) {
        throw new RunFailed(
            "the connection to the target was lost while everything was being committed. Either all"
                + " of it is there or nothing; run this again, and it will say which: a target that"
                + " holds rows is refused.",
            Refusal.withoutValues(e));
      }
      throw e;
    }
  }

  private List<StoreResult> carryFiles(
      Preparation prepared, Plan plan, Connection reading, Progress progress) throws SQLException {
    // What is skipped here is skipped again by the load, and reported there.
    StepContext context =
        new StepContext(
            reading,
            null,
            prepared.target(),
            prepared.queries().facts(),
            new Skips(false),
            progress);
    List<StoreResult> stores =
        files.run(plan.steps().stream().map(Step::bound).toList(), prepared.queries(), context);
    long failures = stores.stream().mapToLong(StoreResult::failures).sum();
    if (options.strict() && failures > 0) {
      throw new RunFailed("strict: " + FileRun.failures(stores), null);
    }
    return stores;
  }

  private RunResult run(
      Preparation prepared,
      Plan plan,
      List<StoreResult> stores,
      Connection reading,
      Connection writing,
      Progress progress,
      long start)
      throws SQLException {
    Skips skips = new Skips(options.strict());
    StepContext context =
        new StepContext(
            reading, writing, prepared.target(), prepared.queries().facts(), skips, progress);
    List<StepResult> steps = new ArrayList<>();
    BulkTables bulk = new BulkTables(plan, reading, writing);
    for (Connection connection : List.of(reading, writing)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set local work_mem = '" + QUERY_MEMORY + "'");
        statement.execute("set local maintenance_work_mem = '" + INDEX_BUILD_MEMORY + "'");
        statement.execute("set local jit = off");
      }
    }
    try (Statement statement = reading.createStatement()) {
      // What is read are whole tables. A nested loop, chosen on a wrong estimate, would be
      // quadratic.
      statement.execute("set local enable_nestloop = off");
    }
    for (Step step : plan.steps()) {
      steps.add(run(step, prepared, context, bulk));
    }
    try (Statement statement = writing.createStatement()) {
      // Deferred foreign keys speak now, while the mapping that broke them can still be named.
      statement.execute("set constraints all immediate");
    } catch (SQLException e) {
      throw new RunFailed(
          "the target refuses the loaded rows: " + Refusal.reason(e), Refusal.withoutValues(e));
    }
    List<Finding> findings = findings(plan, prepared, reading, writing);
    compareCounts(plan, prepared, reading, writing, skips, progress);
    return new RunResult(
        stores,
        steps,
        skips.all(),
        findings,
        Duration.ofNanos(System.nanoTime() - start),
        !options.dryRun() && findings.isEmpty());
  }

  private static StepResult run(
      Step step, Preparation prepared, StepContext context, BulkTables bulk) throws SQLException {
    long start = System.nanoTime();
    Bound bound = step.bound();
    context.progress().starting(step.phase(), step.name(), bulk.estimate(step));
    Map<String, Long> written = new LinkedHashMap<>();
    long read = 0;
    bulk.before(step);
    try {
      if (bound.mapping().hook() != null || !bound.relations().isEmpty()) {
        read = load(bound, context, written);
      }
      new SqlStep(context.target(), prepared.queries())
          .run(bound.mapping())
          .forEach((table, rows) -> written.merge(table, rows, Long::sum));
    } catch (TargetException e) {
      throw new RunFailed(
          bound.mapping().name().at()
              + ": the target refuses rows for "
              + e.table()
              + ": "
              + Refusal.reason(e.refusal()),
          Refusal.withoutValues(e.refusal()));
    } catch (SQLException e) {
      throw new RunFailed(
          bound.mapping().name().at()
              + ": a database failed during the mapping "
              + step.name()
              + ": "
              + Refusal.reason(e),
          Refusal.withoutValues(e));
    }
    restoreIndexes(step, bulk);
    analyze(bulk.complete(step), context.target());
    StepResult result =
        new StepResult(
            step.phase(), step.name(), read, written, Duration.ofNanos(System.nanoTime() - start));
    context.progress().finished(result);
    return result;
  }

  /**
   * @return rows read
   */
  private static long load(Bound bound, StepContext context, Map<String, Long> written)
      throws SQLException, TargetException {
    try (CopyWriter writer = new CopyWriter(context.target(), bound.mapping().name().value())) {
      TargetRows target = new TargetRows(bound, context.targetCatalog(), writer);
      long read;
      if (bound.mapping().hook() != null) {
        HookStep hook = new HookStep(bound, context, target);
        hook.run();
        read = hook.rowsRead();
      } else {
        RowStep rows = new RowStep(bound, context, target);
        rows.run();
        read = rows.rowsRead();
      }
      written.putAll(target.finish());
      return read;
    }
  }

  private static void restoreIndexes(Step step, BulkTables bulk) throws SQLException {
    try {
      bulk.after(step);
    } catch (SQLException e) {
      throw new RunFailed(
          step.bound().mapping().name().at()
              + ": the loaded rows break a key of their table: "
              + Refusal.reason(e),
          Refusal.withoutValues(e));
    }
  }

  /** Later steps and expectations query these tables; without statistics they would crawl. */
  private static void analyze(Collection<String> tables, Connection target) throws SQLException {
    if (!tables.isEmpty()) {
      try (Statement statement = target.createStatement()) {
        statement.execute("analyze " + SqlIdentifier.quoteAll(tables));
      }
    }
  }

  private static void lock(Connection target) throws SQLException {
    Object locked =
        Preparation.scalar(target, "select pg_try_advisory_xact_lock(" + ADVISORY_LOCK + ")::int");
    if (!Long.valueOf(1).equals(locked)) {
      throw new Refused(
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
          Preparation.scalar(target, "select 1 from " + SqlIdentifier.quote(table) + " limit 1");
      if (found != null) {
        reasons.add(table);
      }
    }
    if (!reasons.isEmpty()) {
      throw new Refused(
          List.of(
              "The target is not freshly initialised: there are rows in "
                  + String.join(", ", reasons)
                  + ". Make a new database for it, or empty this one, and start again."));
    }
  }

  private static List<Finding> findings(
      Plan plan, Preparation prepared, Connection source, Connection target) {
    Invariants invariants = new Invariants(prepared.queries(), source, target);
    List<Finding> findings = new ArrayList<>();
    for (Step step : plan.steps()) {
      Mapping mapping = step.bound().mapping();
      for (Expectation expectation : mapping.expectations()) {
        for (String row : invariants.ask(expectation, FINDINGS_PER_EXPECTATION).first()) {
          findings.add(new Finding(step.name(), expectation.name().value(), row));
        }
      }
    }
    return findings;
  }

  /**
   * Tells of numbers that differ by more than what was named. They do not undo the run: one row
   * that is named can have others behind it that go with it.
   */
  private static void compareCounts(
      Plan plan,
      Preparation prepared,
      Connection source,
      Connection target,
      Skips skips,
      Progress progress) {
    Invariants invariants = new Invariants(prepared.queries(), source, target);
    for (Step step : plan.steps()) {
      long skipped = skips.of(step.name()).size();
      for (Count count : step.bound().mapping().counts()) {
        Invariants.Numbers numbers = invariants.ask(count);
        if (numbers.missing() < 0 || numbers.missing() > skipped) {
          progress.note(count.name() + ": " + text(numbers, skipped));
        }
      }
    }
  }

  private static String text(Invariants.Numbers numbers, long skipped) {
    return numbers.source()
        + " in the source, "
        + numbers.target()
        + " in the target, "
        + skipped
        + " named as not carried over";
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
