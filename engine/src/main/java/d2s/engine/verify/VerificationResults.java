package d2s.engine.verify;

import java.time.Duration;
import java.util.List;

/**
 * How all verifications ended, in the order in which they ran.
 *
 * @param used whether the target has been in use since it was loaded, so that it may differ rightly
 */
public record VerificationResults(
    List<VerificationResult> results, Duration elapsed, boolean used) {

  /** Whether nothing wrong was found, and no verification ended in an error. */
  public boolean passed() {
    return results.stream()
        .noneMatch(v -> v.outcome() == Outcome.FAILED || v.outcome() == Outcome.ERROR);
  }
}
