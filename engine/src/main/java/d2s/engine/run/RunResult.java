package d2s.engine.run;

import java.time.Duration;
import java.util.List;

/**
 * What a run did.
 *
 * @param committed false after a dry run, and when there are findings: then the target is what it
 *     was
 */
public record RunResult(
    List<StepResult> steps,
    List<Skipped> skipped,
    List<Finding> findings,
    Duration elapsed,
    boolean committed) {}
