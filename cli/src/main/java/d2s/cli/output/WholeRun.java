package d2s.cli.output;

import d2s.engine.result.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How much a run is, and how far it has come. The measure is what one row costs that is read and
 * goes to one table; docs/development/performance.md says how the shares were measured. What is
 * expected comes from statistics and can be wrong; it never goes back and is never full before the
 * end.
 */
final class WholeRun {

  /** Of what the rows take. */
  private static final double INDEXES = 0.3;

  private static final double CHECKS = 0.07;

  /** Even an empty mapping takes a moment. */
  private static final double LEAST = 5_000;

  /** So many bytes of a file take as long as a row. */
  private static final double BYTES_PER_ROW = 100;

  /** A step that has read as much as was expected is not over yet. */
  private static final double ALMOST = 0.95;

  private static final int FIRST_PERCENT = 3;
  private static final Duration FIRST_MOMENTS = Duration.ofSeconds(2);

  private final LongSupplier nanoTime;
  private long start;
  private final Map<String, Double> weights = new HashMap<>();
  private final Map<String, Double> done = new HashMap<>();
  private final Map<String, Long> expected = new HashMap<>();
  private double rows;
  private double indexShare;
  private int indexes;
  private int begunIndexes;
  private boolean checked;
  private double bytes;
  private double copied;
  private double most;

  WholeRun(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  void plan(Map<String, Progress.PlannedStep> steps) {
    // What came before, checks and questions, says nothing about how fast the rest is.
    start = nanoTime.getAsLong();
    steps.forEach(
        (mapping, step) -> {
          expected.put(mapping, Math.max(1, step.rows()));
          weights.put(mapping, LEAST + Math.max(0, step.rows()) * (1.0 + step.tables()));
        });
    rows = weights.values().stream().mapToDouble(weight -> weight).sum();
  }

  void planIndexes(int count) {
    indexes = count;
  }

  void planBytes(long count) {
    bytes = Math.max(0, count) / BYTES_PER_ROW;
  }

  void advance(String mapping, long rowsRead) {
    double weight = weights.getOrDefault(mapping, 0.0);
    double part = (double) rowsRead / expected.getOrDefault(mapping, 1L);
    done.put(mapping, weight * Math.min(ALMOST, part));
  }

  void finish(String mapping) {
    done.put(mapping, weights.getOrDefault(mapping, 0.0));
  }

  void index() {
    begunIndexes++;
    indexShare = indexes == 0 ? 0 : Math.min(1, (begunIndexes - 1.0) / indexes);
  }

  void finishIndexes() {
    indexShare = 1;
  }

  void finishChecks() {
    checked = true;
  }

  void copy(long doneBytes) {
    copied = Math.min(ALMOST * bytes, doneBytes / BYTES_PER_ROW);
  }

  void finishFiles() {
    copied = bytes;
  }

  /** Whether it is known how much there is to do. */
  boolean isPlanned() {
    return rows + bytes > 0;
  }

  /** From 0 to 99, and 100 when everything is done. */
  int percent() {
    most = Math.max(most, share());
    return (int) (most * 100);
  }

  private double share() {
    double whole = bytes + rows * (1 + INDEXES + CHECKS);
    double part =
        copied
            + done.values().stream().mapToDouble(weight -> weight).sum()
            + rows * INDEXES * indexShare
            + (checked ? rows * CHECKS : 0);
    return Math.min(1, part / whole);
  }

  /** The time that is left; empty while too little is known. */
  Optional<Duration> left() {
    Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
    if (percent() < FIRST_PERCENT || most >= 1 || elapsed.compareTo(FIRST_MOMENTS) < 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - most) / most)));
  }
}
