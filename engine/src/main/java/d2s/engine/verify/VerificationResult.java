package d2s.engine.verify;

import java.time.Duration;
import java.util.List;

/**
 * How one verification ended.
 *
 * @param proves what holds if it passed, as a sentence
 * @param reason why it was skipped or ended in an error; empty otherwise
 * @param checked how many things it looked at
 * @param failed how many of them are wrong
 * @param findings the first of these
 * @param noted how many differ rightly, because the source itself is damaged there
 * @param notes the first of these
 */
public record VerificationResult(
    String name,
    String proves,
    Outcome outcome,
    String reason,
    long checked,
    long failed,
    List<Finding> findings,
    long noted,
    List<Finding> notes,
    Duration elapsed) {

  /** A result without notes. */
  public VerificationResult(
      String name,
      String proves,
      Outcome outcome,
      String reason,
      long checked,
      long failed,
      List<Finding> findings,
      Duration elapsed) {
    this(name, proves, outcome, reason, checked, failed, findings, 0, List.of(), elapsed);
  }
}
