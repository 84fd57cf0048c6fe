package d2s.engine.verify;

import java.time.Duration;
import java.util.List;

/**
 * What one verification came to.
 *
 * @param proves what holds if it is right, as a sentence
 * @param reason why it was left out or failed; empty otherwise
 * @param looked how many things it looked at
 * @param wrong how many of them are wrong
 * @param flaws the first of these
 */
public record VerificationResult(
    String name,
    String proves,
    Outcome outcome,
    String reason,
    long looked,
    long wrong,
    List<Finding> flaws,
    Duration elapsed) {}
