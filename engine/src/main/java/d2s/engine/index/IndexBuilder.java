package d2s.engine.index;

import d2s.engine.index.PausedIndexes.ForeignKeyPause;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.sql.BrokenKey;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.SqlErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the indexes and keys of complete tables again, whenever no step wants the writing
 * connection: a step that reads whole tables needs no index, and goes on meanwhile.
 */
public final class IndexBuilder {

  /** A step that begins needs a moment until it asks for the connection, and should come first. */
  private static final long GRACE_NANOS = 25_000_000;

  private final Plan plan;
  private final BulkTables bulk;
  private final SharedConnection target;
  private final Collection<String> secrets;
  private final Progress progress;
  private final List<Job> jobs = new ArrayList<>();
  private boolean noMoreSteps;
  private long lastEnd;

  /**
   * One statement.
   *
   * @param step the one that has filled the table
   * @param isOfTable whether it belongs to the table alone, as a foreign key does not
   */
  private record Job(Step step, String sql, String table, boolean isOfTable) {}

  /**
   * @param secrets columns whose values no message tells
   */
  public IndexBuilder(
      Plan plan,
      BulkTables bulk,
      SharedConnection target,
      Collection<String> secrets,
      Progress progress) {
    this.plan = plan;
    this.bulk = bulk;
    this.target = target;
    this.secrets = secrets;
    this.progress = progress;
  }

  /** Whether a step finds the indexes that its statements look rows up by. */
  public synchronized boolean isReadyFor(Step step) {
    return !step.hasStatements()
        || jobs.stream().noneMatch(job -> job.isOfTable() && step.reads().contains(job.table()));
  }

  /** A step has ended. The tables that are complete now get their indexes. */
  public synchronized void ended(Step step) {
    for (String table : bulk.lastFilledBy(step)) {
      for (String sql : bulk.indexes(table)) {
        jobs.add(new Job(step, sql, table, true));
      }
      addForeignKeys(step, table);
    }
    lastEnd = System.nanoTime();
    notifyAll();
  }

  /** What is still to be made is all there will be. */
  public synchronized void noMoreSteps() {
    noMoreSteps = true;
    notifyAll();
  }

  /**
   * Works until everything is made.
   *
   * @param made is told after each statement
   */
  public void work(Runnable made) throws SQLException, InterruptedException {
    for (Job job = next(); job != null; job = next()) {
      make(job);
      finish(job);
      made.run();
    }
    progress.built();
  }

  private synchronized Job next() throws InterruptedException {
    for (long grace = grace(); !noMoreSteps && (jobs.isEmpty() || grace > 0); grace = grace()) {
      if (jobs.isEmpty()) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, grace);
      }
    }
    // The first of those that are wanted most.
    return jobs.stream().max(Comparator.comparingLong(this::howManyWant)).orElse(null);
  }

  /** Nanoseconds for which steps that have just begun still come first. */
  private long grace() {
    return GRACE_NANOS - (System.nanoTime() - lastEnd);
  }

  /** How many steps cannot begin without it. */
  private long howManyWant(Job job) {
    return job.isOfTable()
        ? plan.steps().stream()
            .filter(step -> step.hasStatements() && step.reads().contains(job.table()))
            .count()
        : 0;
  }

  private void make(Job job) throws SQLException {
    try {
      target.useAfterOthers(
          open -> {
            progress.building(job.table());
            PausedIndexes.execute(open, List.of(job.sql()));
            progress.built(job.table());
            return null;
          });
    } catch (SQLException e) {
      throw new MigrationFailedException(
          job.step().bound().mapping().name().at()
              + (SqlErrors.isAboutRows(e)
                  ? ": the loaded rows break a key of their table: "
                  : ": an index or key of " + job.table() + " could not be made: ")
              + SqlErrors.reason(e)
              + BrokenKey.text(e, secrets)
              + SqlErrors.advice(e, "target database"),
          SqlErrors.withoutValues(e));
    }
  }

  private synchronized void finish(Job job) {
    jobs.remove(job);
    if (job.isOfTable()) {
      addForeignKeys(job.step(), job.table());
    }
  }

  /** Once a table has its own keys; one without any has them at once. */
  private void addForeignKeys(Step step, String table) {
    if (jobs.stream().noneMatch(job -> job.isOfTable() && job.table().equals(table))) {
      for (ForeignKeyPause key : bulk.indexed(table)) {
        jobs.add(new Job(step, key.restore(), key.table(), false));
      }
    }
  }
}
