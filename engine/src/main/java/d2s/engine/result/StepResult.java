package d2s.engine.result;

import java.time.Duration;
import java.util.Map;

/**
 * What one mapping did.
 *
 * @param rowsRead source rows, of all relations
 * @param rowsWritten rows per target table
 */
public record StepResult(
    String phase, String mapping, long rowsRead, Map<String, Long> rowsWritten, Duration elapsed) {}
