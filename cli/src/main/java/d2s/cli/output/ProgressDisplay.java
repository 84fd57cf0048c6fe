package d2s.cli.output;

import d2s.engine.result.CheckResult;
import d2s.engine.result.Progress;
import d2s.engine.result.StepResult;
import d2s.engine.result.StoreResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows how far a run is: one bar for the whole of it, redrawn on a terminal; on anything else a
 * plain line every five seconds. {@link WholeRun} knows how much that is.
 *
 * <p>Safe for use by several threads.
 */
public final class ProgressDisplay implements Progress, AutoCloseable {

  private static final long REDRAW_MILLIS = 100;
  private static final long PLAIN_LINE_MILLIS = 5_000;
  private static final int BAR = 20;
  private static final int SHORT_BAR = 10;
  private static final int NARROW = 60;
  private static final int VERY_NARROW = 30;

  private final Terminal screen;
  private final boolean everyMapping;
  private final LongSupplier nanoTime;
  private final Thread ticker;

  private final Map<String, PhaseState> phases = new LinkedHashMap<>();
  private final Map<String, Running> running = new LinkedHashMap<>();
  private final WholeRun whole;
  private String before;
  private String building;
  private boolean checking;
  private boolean lineOpen;

  private String store;
  private long storeStart;
  private long expectedBytes;
  private long files;
  private long bytes;

  /**
   * @param everyMapping whether each finished mapping gets its own line
   */
  public static ProgressDisplay start(Terminal screen, boolean everyMapping) {
    ProgressDisplay display = new ProgressDisplay(screen, everyMapping, System::nanoTime);
    display.ticker.start();
    return display;
  }

  /**
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  ProgressDisplay(Terminal screen, boolean everyMapping, LongSupplier nanoTime) {
    this.screen = screen;
    this.everyMapping = everyMapping;
    this.nanoTime = nanoTime;
    this.whole = new WholeRun(nanoTime);
    this.ticker = new Thread(this::tick, "progress");
    this.ticker.setDaemon(true);
  }

  /** A phase, from its first mapping to its last. */
  private static final class PhaseState {
    private int planned;
    private int finished;
    private long rows;
    private long start = -1;
  }

  /** A mapping at work. */
  private static final class Running {
    private final String phase;
    private long rows;

    private Running(String phase) {
      this.phase = phase;
    }
  }

  @Override
  public synchronized void checking() {
    before = "checking both databases";
  }

  @Override
  public synchronized void checked(List<CheckResult> results) {
    before = null;
    results.stream()
        .filter(CheckResult::isWarning)
        .forEach(
            result ->
                Paragraph.wrap(
                        result.what() + " [" + result.id() + "]",
                        "Warning: ",
                        "         ",
                        screen.width())
                    .forEach(this::print));
  }

  @Override
  public synchronized void planned(Map<String, Integer> mappings) {
    mappings.forEach((phase, count) -> phase(phase).planned = count);
  }

  @Override
  public synchronized void plannedSteps(Map<String, PlannedStep> steps) {
    whole.plan(steps);
  }

  @Override
  public synchronized void plannedIndexes(Map<String, Integer> byTable) {
    whole.planIndexes(byTable);
  }

  private PhaseState phase(String name) {
    return phases.computeIfAbsent(name, any -> new PhaseState());
  }

  @Override
  public synchronized void starting(String phase, String mapping, long estimate) {
    PhaseState state = phase(phase);
    if (state.start < 0) {
      state.start = nanoTime.getAsLong();
    }
    running.put(mapping, new Running(phase));
  }

  @Override
  public synchronized void advanced(String mapping, long rowsRead) {
    // While files are carried over, rows are only read to find them.
    Running at = running.get(mapping);
    if (at != null) {
      at.rows = rowsRead;
      whole.advance(mapping, rowsRead);
    }
  }

  @Override
  public synchronized void finished(StepResult step) {
    running.remove(step.mapping());
    whole.finish(step.mapping());
    PhaseState state = phase(step.phase());
    state.rows += step.rowsRead();
    state.finished++;
    if (everyMapping) {
      print(
          step.phase()
              + ": "
              + step.mapping()
              + ": "
              + Format.count(step.rowsRead(), "row", "rows")
              + " read, "
              + Format.count(step.rowsWritten().values().stream().mapToLong(n -> n).sum())
              + " written in "
              + Format.seconds(step.elapsed())
              + " s");
    }
    if (state.finished == state.planned) {
      printEnd(step.phase());
    }
  }

  @Override
  public synchronized void building(String table) {
    building = "indexes of " + table;
  }

  @Override
  public synchronized void built(String table) {
    building = null;
    whole.finishIndex(table);
  }

  @Override
  public synchronized void built() {
    building = null;
    whole.finishIndexes();
  }

  @Override
  public synchronized void checkingLoad() {
    checking = true;
  }

  @Override
  public synchronized void checkedLoad() {
    checking = false;
    whole.finishChecks();
  }

  @Override
  public synchronized void startingFiles(String started, long expected) {
    store = started;
    storeStart = nanoTime.getAsLong();
    expectedBytes = expected;
    whole.planBytes(expected);
    files = 0;
    bytes = 0;
  }

  @Override
  public synchronized void copied(long doneFiles, long doneBytes) {
    files = doneFiles;
    bytes = doneBytes;
    whole.copy(doneFiles, doneBytes);
  }

  @Override
  public synchronized void finishedFiles(StoreResult result) {
    whole.finishFiles();
    print(
        store
            + ": "
            + Format.count(files, "file", "files")
            + ", "
            + Format.bytes(bytes)
            + " in "
            + Format.seconds(since(storeStart))
            + " s");
    store = null;
  }

  @Override
  public synchronized void note(String text) {
    Paragraph.wrap(text, "Note: ", "      ", screen.width()).forEach(this::print);
  }

  /** Tells of phases that are not complete. To be called when the run is over, well or badly. */
  @Override
  public void close() {
    ticker.interrupt();
    synchronized (this) {
      running.clear();
      before = null;
      building = null;
      checking = false;
      store = null;
      phases.forEach(
          (name, state) -> {
            if (state.finished > 0 && state.finished != state.planned) {
              printEnd(name);
            }
          });
      clear();
      phases.clear();
    }
  }

  /** On a terminal the bar says enough. */
  private void printEnd(String name) {
    if (screen.interactive() && !everyMapping) {
      return;
    }
    PhaseState state = phases.get(name);
    print(
        name
            + ": "
            + Format.count(state.finished, "mapping", "mappings")
            + ", "
            + Format.count(state.rows, "row", "rows")
            + " in "
            + Format.seconds(since(state.start))
            + " s");
  }

  private void tick() {
    try {
      while (true) {
        Thread.sleep(screen.interactive() ? REDRAW_MILLIS : PLAIN_LINE_MILLIS);
        draw();
      }
    } catch (InterruptedException e) {
      // The run is over.
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      // The run says that there is too little, if it needs any.
      return;
    }
  }

  /** Shows how far the whole is, and what is done now; nothing if nothing is. */
  synchronized void draw() {
    String now = now();
    if (now == null) {
      return;
    }
    if (!screen.interactive()) {
      screen.err().println(Printable.of(String.join(", ", parts(now))));
      return;
    }
    screen.err().print("\r" + Printable.of(bar(now)) + "\u001b[K");
    screen.err().flush();
    lineOpen = true;
  }

  /** What is at work: the mapping that has been for longest, or else what there is beside. */
  private String now() {
    if (!running.isEmpty()) {
      Map.Entry<String, Running> first = running.entrySet().iterator().next();
      Running at = first.getValue();
      String name = first.getKey().equals(at.phase) ? at.phase : at.phase + ", " + first.getKey();
      return name + ": " + Format.count(at.rows, "row", "rows");
    } else if (store != null) {
      return store
          + ": "
          + Format.bytes(bytes)
          + (expectedBytes > 0 ? " of about " + Format.bytes(Math.max(bytes, expectedBytes)) : "")
          + ", "
          + Format.count(files, "file", "files");
    } else if (building != null) {
      return building;
    }
    return checking ? "checking what was loaded" : before;
  }

  private List<String> parts(String now) {
    List<String> parts = new ArrayList<>();
    if (whole.isPlanned()) {
      parts.add(whole.percent() + " %");
      whole.left().ifPresent(left -> parts.add(Format.remaining(left) + " left"));
    }
    parts.add(now);
    return parts;
  }

  /** As much as the terminal has room for; what has none is left out whole. */
  private String bar(String now) {
    int room = Math.max(1, screen.width() - 1);
    StringBuilder line = new StringBuilder();
    if (whole.isPlanned() && room >= VERY_NARROW) {
      int size = room < NARROW ? SHORT_BAR : BAR;
      int filled = whole.percent() * size / 100;
      line.append('[').append("#".repeat(filled)).append(".".repeat(size - filled)).append(']');
    }
    for (String part : parts(now)) {
      String gap = line.length() == 0 ? "" : "  ";
      if (line.length() + gap.length() + part.length() <= room) {
        line.append(gap).append(part);
      }
    }
    return line.toString();
  }

  private Duration since(long start) {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  private void print(String line) {
    clear();
    screen.err().println(Printable.of(line));
  }

  private void clear() {
    if (lineOpen) {
      screen.err().print("\r\u001b[K");
      screen.err().flush();
      lineOpen = false;
    }
  }
}
