package d2s.cli.output;

import d2s.engine.result.Progress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How much a run is, and how far it has come. {@link Costs} says what its parts take. What is
 * expected comes from statistics and can be wrong; the share that is done never goes back and is
 * never full before the end.
 */
final class WholeRun {

  private static final double MEGABYTE = 1_000_000;

  /** Before the first file it is not known how large they are: so much each, in bytes. */
  private static final double USUAL_FILE = 200_000;

  /** A step that has read as much as was expected is not over yet. */
  private static final double ALMOST = 0.95;

  private static final int FIRST_PERCENT = 10;
  private static final Duration FIRST_MOMENTS = Duration.ofSeconds(2);

  private final LongSupplier nanoTime;
  private final Costs costs = Costs.learned();
  private long start;
  private final Map<String, Part> steps = new LinkedHashMap<>();
  private final Map<String, Part> indexes = new HashMap<>();
  private final Map<String, Long> rowsOfTables = new HashMap<>();
  private final Part files = new Part();
  private final Part checks = new Part();
  private double bytes;
  private double most;

  /** A piece of the work. */
  private static final class Part {
    private double cost;
    private double done;

    /** How many rows it will read, or of how many indexes it consists. */
    private double pieces = 1;

    private void finish() {
      done = cost;
    }
  }

  WholeRun(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  void plan(Map<String, Progress.PlannedStep> planned) {
    // What came before, checks and questions, says nothing about how fast the rest is.
    start = nanoTime.getAsLong();
    planned.forEach(
        (mapping, step) -> {
          long rows = Math.max(0, step.rows());
          Costs.Step cost = costs.step(mapping, step.tables().size());
          Part part = new Part();
          part.cost = costs.leastOfStep() + rows * cost.perRow();
          part.pieces = Math.max(1, rows * cost.reads());
          steps.put(mapping, part);
          step.tables().forEach(table -> rowsOfTables.merge(table, rows, Math::max));
          checks.cost += rows * costs.checks();
        });
  }

  /** The load begins. How fast files were copied says nothing about it. */
  void planIndexes(Map<String, Integer> byTable) {
    start = nanoTime.getAsLong();
    byTable.forEach(
        (table, count) -> {
          Part part = new Part();
          part.cost = rowsOfTables.getOrDefault(table, 0L) * costs.indexes(table, count);
          part.pieces = Math.max(1, count);
          indexes.put(table, part);
        });
  }

  void planBytes(long count) {
    start = nanoTime.getAsLong();
    bytes = Math.max(0, count);
    files.cost = bytes / USUAL_FILE * costs.file() + bytes / MEGABYTE * costs.megabyte();
  }

  void advance(String mapping, long rowsRead) {
    Part part = steps.get(mapping);
    if (part != null) {
      part.done = part.cost * Math.min(ALMOST, rowsRead / part.pieces);
    }
  }

  void finish(String mapping) {
    Part part = steps.get(mapping);
    if (part != null) {
      part.finish();
    }
  }

  /** An index or a key of the table is there. */
  void finishIndex(String table) {
    Part part = indexes.get(table);
    if (part != null) {
      part.done = Math.min(part.cost, part.done + part.cost / part.pieces);
    }
  }

  void finishIndexes() {
    indexes.values().forEach(Part::finish);
  }

  void finishChecks() {
    checks.finish();
  }

  void copy(long doneFiles, long doneBytes) {
    double cost = doneFiles * costs.file() + doneBytes / MEGABYTE * costs.megabyte();
    if (doneBytes > 0 && bytes > 0) {
      // The others are as large as these, as far as is known.
      files.cost = cost * Math.max(1, bytes / doneBytes);
    }
    files.done = Math.min(ALMOST * files.cost, cost);
  }

  void finishFiles() {
    files.finish();
  }

  /** Whether it is known how much there is to do. */
  boolean isPlanned() {
    return load().cost + files.cost > 0;
  }

  /** From 0 to 99, and 100 when everything is done. */
  int percent() {
    Part load = load();
    double whole = load.cost + files.cost;
    most = whole == 0 ? most : Math.max(most, Math.min(1, (load.done + files.done) / whole));
    return (int) (most * 100);
  }

  /** Everything but files. */
  private Part load() {
    Part load = new Part();
    add(load, checks);
    steps.values().forEach(part -> add(load, part));
    indexes.values().forEach(part -> add(load, part));
    return load;
  }

  private static void add(Part sum, Part part) {
    sum.cost += part.cost;
    sum.done += part.done;
  }

  /** The time that is left; empty while too little is known. */
  Optional<Duration> left() {
    Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
    Part load = load();
    boolean copying = files.done < files.cost;
    double done = copying ? files.done : load.done;
    double left = load.cost - load.done + files.cost - files.done;
    if (percent() < FIRST_PERCENT
        || left <= 0
        || done <= 0
        || elapsed.compareTo(FIRST_MOMENTS) < 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * left / done)));
  }
}
