package d2s.engine.step;

import d2s.engine.bound.BoundMapping;
import d2s.engine.index.BulkTables;
import d2s.engine.index.IndexBuilder;
import d2s.engine.plan.Step;
import d2s.engine.query.Queries;
import d2s.engine.read.RelationReaders;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.StepResult;
import d2s.engine.sql.BrokenKey;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.write.CopyException;
import d2s.engine.write.CopyWriter;
import d2s.engine.write.RowWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step from its first row to the statistics of what it filled: copied rows, then what is SQL
 * inside the target. The indexes are made by {@link IndexBuilder}.
 */
public final class StepExecution implements AutoCloseable {

  private final Step step;
  private final Queries queries;
  private final StepContext context;
  private final BulkTables bulk;
  private final RowContext rows;
  private final RelationReaders open;

  public StepExecution(Step step, Queries queries, StepContext context, BulkTables bulk) {
    this.step = step;
    this.queries = queries;
    this.context = context;
    this.bulk = bulk;
    this.rows = context.rows();
    this.open = new RelationReaders(step.bound(), rows.connections());
  }

  @Override
  public void close() {
    open.close();
  }

  StepResult run() throws SQLException {
    long start = System.nanoTime();
    BoundMapping bound = step.bound();
    context.progress().starting(step.phase(), step.name(), bulk.estimate(step));
    Map<String, Long> written = new LinkedHashMap<>();
    long read = 0;
    try {
      if (bound.mapping().hook() != null || !bound.relations().isEmpty()) {
        read = load(written);
      }
      stopIfInterrupted();
      new SqlExecutor(context.target(), queries)
          .run(bound.mapping())
          .forEach((table, rows) -> written.merge(table, rows, Long::sum));
    } catch (CopyException e) {
      throw new MigrationFailedException(
          bound.mapping().name().at()
              + (SqlErrors.isAboutRows(e.rejection())
                  ? ": the target database rejected rows for "
                  : ": the target failed while it took rows for ")
              + e.table()
              + ": "
              + SqlErrors.reason(e.rejection())
              + BrokenKey.text(e.rejection(), context.secrets())
              + SqlErrors.advice(e.rejection(), "target database"),
          SqlErrors.withoutValues(e.rejection()));
    } catch (SQLException e) {
      throw new MigrationFailedException(
          bound.mapping().name().at()
              + ": "
              + FailedDatabase.subject(e)
              + " failed during the mapping "
              + step.name()
              + ": "
              + SqlErrors.reason(e)
              + BrokenKey.text(e, context.secrets())
              + SqlErrors.advice(e, FailedDatabase.of(e)),
          SqlErrors.withoutValues(e));
    }
    stopIfInterrupted();
    analyze(bulk.complete(step));
    StepResult result =
        new StepResult(
            step.phase(), step.name(), read, written, Duration.ofNanos(System.nanoTime() - start));
    context.progress().finished(result);
    return result;
  }

  /**
   * @return rows read
   */
  private long load(Map<String, Long> written) throws SQLException {
    BoundMapping bound = step.bound();
    try (CopyWriter writer = new CopyWriter(context.target(), context.values(), step.name())) {
      RowWriter target = new RowWriter(bound, context.targetCatalog(), context.widths(), writer);
      long read;
      if (bound.mapping().hook() != null) {
        HookExecutor hook = new HookExecutor(bound, rows, open, target);
        hook.run();
        read = hook.rowsRead();
      } else {
        RowExecutor executor = new RowExecutor(bound, rows, open, target);
        executor.run();
        read = executor.rowsRead();
      }
      written.putAll(target.finish());
      return read;
    }
  }

  /** Another step has failed, and nothing of this one is wanted any more. */
  private static void stopIfInterrupted() throws SQLException {
    if (Thread.currentThread().isInterrupted()) {
      throw new SQLException("interrupted");
    }
  }

  /** Deferred steps and expectations query these tables; without statistics they would crawl. */
  private void analyze(List<String> tables) throws SQLException {
    if (!tables.isEmpty()) {
      context.target().execute("analyze " + SqlIdentifier.quoteAll(tables));
    }
  }
}
