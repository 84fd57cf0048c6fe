package d2s.benchmark;

import d2s.engine.result.CheckResult;
import d2s.engine.result.Progress;
import d2s.engine.result.StepResult;
import d2s.engine.result.StoreResult;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes everything on to a bar, and looks at it many times a second. The time of each look is
 * divided among what is at work then, so that the times of all parts add up to that of the run.
 */
final class BarWatch implements Progress, AutoCloseable {

  private static final long PAUSE_MILLIS = 20;
  private static final double MICROS = 1e6;
  private static final Pattern SHOWN = Pattern.compile("(\\d+) %(?:  ([0-9a-z ]+) left)?");
  private static final Pattern TIME = Pattern.compile("(\\d+) (h|min|s)");

  private final Progress bar;
  private final StringWriter screen;
  private final Thread looking = new Thread(this::look, "bar");
  private final List<Look> looks = new ArrayList<>();
  private final Set<String> atWork = new LinkedHashSet<>();
  private final Map<String, Double> seconds = new TreeMap<>();
  private final Map<String, PlannedStep> planned = new HashMap<>();
  private final Map<String, Long> read = new HashMap<>();
  private final Map<String, Integer> indexes = new HashMap<>();
  private String building;
  private long start;
  private long last;
  private long files;
  private long bytes;

  /**
   * One look at the bar.
   *
   * @param second of the run
   * @param left seconds; negative if it says none
   */
  private record Look(double second, int percent, long left) {}

  BarWatch(Progress bar, StringWriter screen) {
    this.bar = bar;
    this.screen = screen;
    looking.setDaemon(true);
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(PAUSE_MILLIS);
        lookOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void lookOnce() {
    long now = System.nanoTime();
    double passed = (now - last) / 1e9;
    last = now;
    atWork.forEach(part -> seconds.merge(part, passed / atWork.size(), Double::sum));
    String shown = screen.toString();
    screen.getBuffer().setLength(0);
    Matcher matcher = SHOWN.matcher(shown);
    Look latest = null;
    while (matcher.find()) {
      latest =
          new Look((now - start) / 1e9, Integer.parseInt(matcher.group(1)), left(matcher.group(2)));
    }
    if (latest != null) {
      looks.add(latest);
    }
  }

  private static long left(String text) {
    if (text == null) {
      return -1;
    }
    long seconds = 0;
    Matcher matcher = TIME.matcher(text);
    while (matcher.find()) {
      long one = matcher.group(2).equals("h") ? 3600 : matcher.group(2).equals("min") ? 60 : 1;
      seconds += one * Long.parseLong(matcher.group(1));
    }
    return seconds;
  }

  /** What the bar said and what was true; then what everything cost. */
  synchronized void report(PrintStream out) {
    double end = (System.nanoTime() - start) / 1e9;
    out.println("| of the time | bar | left, it said | left, it was |");
    out.println("|---|---:|---:|---:|");
    for (int quarter = 1; quarter <= 3; quarter++) {
      double at = end * quarter / 4;
      looks.stream()
          .filter(look -> look.second() <= at)
          .reduce((one, other) -> other)
          .ifPresent(
              look ->
                  out.printf(
                      Locale.ROOT,
                      "| %.0f %% | %d %% | %s | %.1f s |%n",
                      look.second() / end * 100,
                      look.percent(),
                      look.left() < 0 ? "–" : look.left() + " s",
                      end - look.second()));
    }
    out.printf(Locale.ROOT, "%n# %.1f s%n", end);
    planned.forEach((mapping, step) -> print(out, mapping, step));
    indexes.keySet().forEach(table -> printIndexes(out, table));
    long rows = planned.values().stream().mapToLong(step -> Math.max(0, step.rows())).sum();
    out.printf(Locale.ROOT, "check = %.2f%n", micros("check", rows));
    out.printf(
        Locale.ROOT,
        "# files: %.2f s, %d, %.1f MB%n",
        seconds.getOrDefault("files", 0.0),
        files,
        bytes / 1e6);
  }

  private void print(PrintStream out, String mapping, PlannedStep step) {
    double time = seconds.getOrDefault(mapping, 0.0);
    long rows = Math.max(1, step.rows());
    out.printf(
        Locale.ROOT,
        "step.%s = %.2f %.2f # %.2f s, %d rows%n",
        mapping,
        time * MICROS / rows,
        (double) read.getOrDefault(mapping, 0L) / rows,
        time,
        step.rows());
  }

  private void printIndexes(PrintStream out, String table) {
    long rows =
        planned.values().stream()
            .filter(step -> step.tables().contains(table))
            .mapToLong(PlannedStep::rows)
            .max()
            .orElse(1);
    out.printf(
        Locale.ROOT,
        "index.%s = %.2f # %.2f s, %d of them, %d rows%n",
        table,
        micros("index." + table, rows),
        seconds.getOrDefault("index." + table, 0.0),
        indexes.get(table),
        rows);
  }

  private double micros(String part, long rows) {
    return seconds.getOrDefault(part, 0.0) * MICROS / Math.max(1, rows);
  }

  @Override
  public void checking() {
    bar.checking();
  }

  @Override
  public void checked(List<CheckResult> results) {
    bar.checked(results);
  }

  @Override
  public void planned(Map<String, Integer> mappings) {
    bar.planned(mappings);
  }

  @Override
  public synchronized void plannedSteps(Map<String, PlannedStep> steps) {
    start = System.nanoTime();
    last = start;
    looking.start();
    planned.putAll(steps);
    bar.plannedSteps(steps);
  }

  @Override
  public synchronized void plannedIndexes(Map<String, Integer> byTable) {
    indexes.putAll(byTable);
    bar.plannedIndexes(byTable);
  }

  @Override
  public synchronized void starting(String phase, String mapping, long estimatedRows) {
    atWork.add(mapping);
    bar.starting(phase, mapping, estimatedRows);
  }

  @Override
  public void advanced(String mapping, long rowsRead) {
    bar.advanced(mapping, rowsRead);
  }

  @Override
  public synchronized void finished(StepResult step) {
    atWork.remove(step.mapping());
    read.put(step.mapping(), step.rowsRead());
    bar.finished(step);
  }

  @Override
  public synchronized void building(String table) {
    atWork.remove(building);
    building = "index." + table;
    atWork.add(building);
    bar.building(table);
  }

  @Override
  public synchronized void built(String table) {
    atWork.remove(building);
    bar.built(table);
  }

  @Override
  public void built() {
    bar.built();
  }

  @Override
  public synchronized void checkingLoad() {
    atWork.add("check");
    bar.checkingLoad();
  }

  @Override
  public synchronized void checkedLoad() {
    atWork.remove("check");
    bar.checkedLoad();
  }

  @Override
  public synchronized void startingFiles(String store, long expectedBytes) {
    atWork.add("files");
    bar.startingFiles(store, expectedBytes);
  }

  @Override
  public synchronized void copied(long doneFiles, long doneBytes) {
    files = doneFiles;
    bytes = doneBytes;
    bar.copied(doneFiles, doneBytes);
  }

  @Override
  public synchronized void finishedFiles(StoreResult result) {
    atWork.remove("files");
    bar.finishedFiles(result);
  }

  @Override
  public void note(String text) {
    bar.note(text);
  }

  @Override
  public void close() {
    looking.interrupt();
  }
}
