package d2s.engine.run;

import d2s.engine.index.BulkTables;
import d2s.engine.index.IndexBuilder;
import d2s.engine.plan.Plan;
import d2s.engine.prepare.Preflight;
import d2s.engine.read.SourceSnapshot;
import d2s.engine.result.Counted;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.Skipped;
import d2s.engine.result.Skips;
import d2s.engine.result.StepResult;
import d2s.engine.result.UnmetExpectation;
import d2s.engine.sql.BrokenKey;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.SqlErrors;
import d2s.engine.step.StepContext;
import d2s.engine.step.StepExecution;
import d2s.engine.step.StepScheduler;
import d2s.engine.write.IndexWidths;
import d2s.engine.write.SqlComputedValues;
import d2s.engine.yaml.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The load of one run: the steps of a plan, in a transaction that the caller has begun. */
final class DatabaseLoad {

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

  private final Preflight prepared;
  private final Plan plan;
  private final DataSource source;
  private final DataSource target;
  private final Progress progress;
  private final int stepsAtATime;

  /**
   * What a load did.
   *
   * @param counted numbers that people ask for
   * @param findings what the loaded rows do not meet; they must not be committed then
   */
  record Result(
      List<StepResult> steps,
      List<Skipped> skipped,
      List<UnmetExpectation> findings,
      List<Counted> counted) {}

  /**
   * @param plan the steps to run, some of those of the preparation or all
   * @param source where further connections to the same snapshot come from
   * @param target where a connection for computed values comes from
   */
  DatabaseLoad(
      Preflight prepared, Plan plan, DataSource source, DataSource target, Progress progress) {
    this(prepared, plan, source, target, progress, STEPS_AT_A_TIME);
  }

  /**
   * @param source may be null for one step at a time: then all read by the one connection
   */
  DatabaseLoad(
      Preflight prepared,
      Plan plan,
      DataSource source,
      DataSource target,
      Progress progress,
      int stepsAtATime) {
    this.prepared = prepared;
    this.plan = plan;
    this.source = source;
    this.target = target;
    this.progress = progress;
    this.stepsAtATime = stepsAtATime;
  }

  /**
   * @param reading has begun the snapshot that all steps read
   * @param writing has begun the transaction that all steps write in
   * @throws MigrationFailedException if a step fails; the caller rolls back
   */
  Result run(Connection reading, Connection writing, Skips skips) throws SQLException {
    try (SourceSnapshot snapshot = new SourceSnapshot(reading, source, stepsAtATime);
        SqlComputedValues values = new SqlComputedValues(target)) {
      SharedConnection loading = new SharedConnection(writing, "target");
      BulkTables bulk = new BulkTables(plan, reading, loading);
      for (SharedConnection connection : snapshot.connections()) {
        connection.act(DatabaseLoad::giveMemory);
        // What is read are whole tables. A nested loop, chosen on a wrong estimate, would be
        // quadratic.
        connection.execute("set local enable_nestloop = off");
      }
      loading.act(DatabaseLoad::giveMemory);
      loading.execute("set local default_statistics_target = " + STATISTICS);
      IndexWidths widths = IndexWidths.of(writing);
      List<String> secrets = prepared.set().secrets().stream().map(Text::value).toList();
      bulk.pause();
      progress.planned(mappingsPerPhase(plan));
      progress.plannedIndexes(bulk.pausedByTable());
      Runnable cancel =
          () -> {
            snapshot.connections().forEach(SharedConnection::cancel);
            loading.cancel();
            values.cancel();
          };
      PreCommitChecks checks = new PreCommitChecks(plan, prepared.queries(), skips, progress);
      List<StepResult> steps =
          new StepScheduler(plan, new IndexBuilder(plan, bulk, loading, secrets, progress), cancel)
              .run(
                  snapshot.connections(),
                  (step, from) ->
                      new StepExecution(
                          step,
                          prepared.queries(),
                          new StepContext(
                              from,
                              loading,
                              values,
                              prepared.target(),
                              widths,
                              secrets,
                              prepared.queries().facts(),
                              skips,
                              progress),
                          bulk),
                  checks::countSource);
      try {
        // Deferred foreign keys speak now, while it can still be said what broke them.
        loading.execute("set constraints all immediate");
      } catch (SQLException e) {
        if (SqlErrors.isOfServer(e)) {
          throw e;
        }
        throw new MigrationFailedException(
            "the target database rejected the loaded rows: "
                + SqlErrors.reason(e)
                + BrokenKey.text(e, secrets),
            SqlErrors.withoutValues(e));
      }
      List<Skipped> skipped = inOrder(skips, plan);
      List<UnmetExpectation> findings = checks.look(snapshot.connections().get(0), loading);
      return new Result(steps, skipped, findings, checks.counted());
    }
  }

  /**
   * Gives memory to queries and index builds. It holds until the end of a transaction: that of the
   * target begins anew when files have been copied.
   */
  static void giveMemory(Connection connection) throws SQLException {
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
}
