package d2s.engine.verify;

import java.time.Duration;
import java.util.List;

/** What all verifications came to, in the order in which they were asked. */
public record VerificationResults(List<VerificationResult> verdicts, Duration elapsed) {

  /** Whether nothing wrong was found, and no verification failed. */
  public boolean isRight() {
    return verdicts.stream()
        .noneMatch(v -> v.outcome() == Outcome.WRONG || v.outcome() == Outcome.FAILED);
  }
}
