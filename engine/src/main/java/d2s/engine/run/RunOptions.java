package d2s.engine.run;

import d2s.engine.result.CheckResult;
import d2s.engine.transfer.FileOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How to run.
 *
 * @param dryRun do everything, check it, and roll back
 * @param strict fail when something cannot be carried over, instead of reporting it
 * @param phases names of the phases to run; empty means all
 * @param given facts that the caller knows, by name; they are not queried
 * @param files which files are carried over too
 * @param accepted names of preconditions that need not hold
 * @param known checks that the caller has made already; an error among them refuses the run
 */
public record RunOptions(
    boolean dryRun,
    boolean strict,
    Set<String> phases,
    Map<String, Object> given,
    FileOptions files,
    Set<String> accepted,
    List<CheckResult> known) {

  /** A run for which every precondition must hold, and of which nothing is known yet. */
  public RunOptions(
      boolean dryRun,
      boolean strict,
      Set<String> phases,
      Map<String, Object> given,
      FileOptions files) {
    this(dryRun, strict, phases, given, files, Set.of(), List.of());
  }

  /** A run without files. */
  public RunOptions(boolean dryRun, boolean strict, Set<String> phases, Map<String, Object> given) {
    this(dryRun, strict, phases, given, FileOptions.NONE);
  }
}
