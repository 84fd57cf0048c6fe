package d2s.engine.transfer;

import d2s.engine.bound.BoundMappings;
import d2s.engine.mapping.MappingSet;
import d2s.engine.prepare.Checks;
import d2s.engine.prepare.SourcePreflight;
import d2s.engine.query.Queries;
import d2s.engine.result.FileProblem;
import d2s.engine.result.FileResult;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.Skips;
import d2s.engine.result.StoreResult;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.Snapshots;
import d2s.engine.sql.SqlErrors;
import d2s.engine.step.RowContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Carries over the files of a mapping set and nothing else. It needs only the source database,
 * which may be in use meanwhile, and can be repeated: what is there and right is left alone.
 */
public final class FileRun {

  private static final int NAMES = 5;

  private final MappingSet set;
  private final DataSource source;
  private final Map<String, Object> given;
  private final FileStage stage;

  /**
   * @param given facts that the caller knows, by name; they are not queried
   * @param dryRun everything is read and checked, nothing is written
   */
  public FileRun(
      MappingSet set,
      DataSource source,
      Map<String, Object> given,
      FileOptions options,
      boolean dryRun) {
    this.set = set;
    this.source = source;
    this.given = given;
    this.stage = new FileStage(set, options, dryRun);
  }

  /** Ends a run soon, from any thread; it then fails, and what is finished stays. */
  public void stop() {
    stage.stop();
  }

  /**
   * @throws PreconditionFailedException if the database or a folder is not the right one; nothing
   *     was touched
   * @throws d2s.engine.yaml.InvalidMappingsException if the mapping files do not fit; nothing was
   *     touched
   * @throws MigrationFailedException if it was of no use to go on; what was carried over until then
   *     stays
   */
  public FileResult run(Progress progress) {
    long start = System.nanoTime();
    try (Connection reading = source.getConnection()) {
      Snapshots.begin(reading);
      try {
        SourcePreflight prepared = SourcePreflight.of(set, reading, given);
        BoundMappings checked = prepared.checked();
        Queries queries = prepared.queries();
        Skips skips = new Skips(false);
        RowContext context =
            RowContext.ofSource(
                new SharedConnection(reading, "source"), queries.facts(), skips, progress);
        Checks checks = new Checks(List.of());
        stage.check(checked.mappings(), queries, context.silent(), checks);
        checks.throwIfErrors();
        List<StoreResult> stores = stage.run(checked.mappings(), queries, context);
        return new FileResult(stores, skips.all(), Duration.ofNanos(System.nanoTime() - start));
      } finally {
        reading.rollback();
      }
    } catch (SQLException e) {
      throw new MigrationFailedException(
          "the source database failed: "
              + SqlErrors.reason(e)
              + SqlErrors.advice(e, "source database"),
          SqlErrors.withoutValues(e));
    }
  }

  /** Says in one sentence how many files were not carried over, and names the first. */
  public static String failures(List<StoreResult> stores) {
    long failures = stores.stream().mapToLong(StoreResult::failures).sum();
    String names =
        stores.stream()
            .flatMap(store -> store.problems().stream())
            .filter(problem -> problem.kind() != FileProblem.Kind.NO_ROW)
            .limit(NAMES)
            .map(problem -> problem.path() + " (" + problem.kind().word() + ")")
            .collect(Collectors.joining(", "));
    return failures
        + (failures == 1 ? " file" : " files")
        + " cannot be carried over: "
        + names
        + (failures > NAMES ? ", ..." : "");
  }
}
