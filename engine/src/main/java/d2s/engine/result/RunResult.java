package d2s.engine.result;

import java.time.Duration;
import java.util.List;

/**
 * What a run did.
 *
 * @param stores what became of files
 * @param checks what was found out before, warnings among it
 * @param counted numbers that people ask for
 * @param committed false after a dry run, and when there are findings: then the target is what it
 *     was
 */
public record RunResult(
    List<StoreResult> stores,
    List<StepResult> steps,
    List<Skipped> skipped,
    List<UnmetExpectation> findings,
    List<CheckResult> checks,
    List<Counted> counted,
    Duration elapsed,
    boolean committed) {

  /** The result of a run without files. */
  public RunResult(
      List<StepResult> steps,
      List<Skipped> skipped,
      List<UnmetExpectation> findings,
      Duration elapsed,
      boolean committed) {
    this(List.of(), steps, skipped, findings, List.of(), List.of(), elapsed, committed);
  }
}
