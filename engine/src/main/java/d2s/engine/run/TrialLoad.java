package d2s.engine.run;

import d2s.engine.bound.BoundMapping;
import d2s.engine.prepare.Preflight;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.Skipped;
import d2s.engine.result.Skips;
import d2s.engine.result.UnmetExpectation;
import d2s.engine.sql.SharedConnection;
import d2s.engine.step.RowContext;
import d2s.engine.transfer.PlannedFiles;
import d2s.engine.transfer.PlannedFiles.PlannedFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * A load in two transactions of the caller, who looks at it and rolls it back. The source may have
 * rows that nobody else sees yet. Everything else is as in a migration.
 */
public final class TrialLoad {

  private final Preflight prepared;
  private final Connection source;
  private final Connection target;

  /** Both connections have begun a transaction. */
  public TrialLoad(Preflight prepared, Connection source, Connection target) {
    this.prepared = prepared;
    this.source = source;
    this.target = target;
  }

  /**
   * What a load did beside writing rows.
   *
   * @param unmet expectations that the loaded rows do not meet
   */
  public record Result(List<Skipped> skipped, List<UnmetExpectation> unmet) {}

  /**
   * Runs all steps, one after the other.
   *
   * @param values where a connection for computed values comes from
   * @throws MigrationFailedException if a step fails
   */
  public Result run(DataSource values) throws SQLException {
    DatabaseLoad.Result result =
        new DatabaseLoad(prepared, prepared.plan(), null, values, Progress.silent(), 1)
            .run(source, target, new Skips(false));
    return new Result(result.skipped(), result.findings());
  }

  /**
   * The files that the rows of a mapping stand for.
   *
   * @throws MigrationFailedException if they cannot be told
   */
  public List<PlannedFile> files(BoundMapping bound) throws SQLException {
    return PlannedFiles.of(
        bound,
        RowContext.ofSource(
            new SharedConnection(source, "source"),
            prepared.queries().facts(),
            new Skips(false),
            Progress.silent()));
  }
}
