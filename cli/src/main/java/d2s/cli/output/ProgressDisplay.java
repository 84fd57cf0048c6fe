package d2s.cli.output;

import d2s.engine.result.Progress;
import d2s.engine.result.StepResult;
import d2s.engine.result.StoreResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows how far a run is: one line per phase, redrawn on a terminal; on anything else a plain line
 * every five seconds, and one at the end of each phase.
 *
 * <p>Safe for use by several threads.
 */
public final class ProgressDisplay implements Progress, AutoCloseable {

  private static final long REDRAW_MILLIS = 100;
  private static final long PLAIN_LINE_MILLIS = 5_000;
  private static final int BAR = 20;

  private final Terminal screen;
  private final boolean everyMapping;
  private final LongSupplier nanoTime;
  private final Thread ticker;

  private final Map<String, PhaseState> phases = new LinkedHashMap<>();
  private final Map<String, Running> running = new LinkedHashMap<>();
  private String building;
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
    private final long start;
    private final long estimatedRows;
    private long rows;

    private Running(String phase, long start, long estimatedRows) {
      this.phase = phase;
      this.start = start;
      this.estimatedRows = estimatedRows;
    }
  }

  @Override
  public synchronized void planned(Map<String, Integer> mappings) {
    mappings.forEach((phase, count) -> phase(phase).planned = count);
  }

  private PhaseState phase(String name) {
    return phases.computeIfAbsent(name, any -> new PhaseState());
  }

  @Override
  public synchronized void starting(String phase, String mapping, long estimate) {
    long now = nanoTime.getAsLong();
    PhaseState state = phase(phase);
    if (state.start < 0) {
      state.start = now;
    }
    running.put(mapping, new Running(phase, now, estimate));
  }

  @Override
  public synchronized void advanced(String mapping, long rowsRead) {
    // While files are carried over, rows are only read to find them.
    Running at = running.get(mapping);
    if (at != null) {
      at.rows = rowsRead;
    }
  }

  @Override
  public synchronized void finished(StepResult step) {
    running.remove(step.mapping());
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
    building = "indexes: " + table;
  }

  @Override
  public synchronized void built() {
    building = null;
  }

  @Override
  public synchronized void startingFiles(String started, long expected) {
    store = started;
    storeStart = nanoTime.getAsLong();
    expectedBytes = expected;
    files = 0;
    bytes = 0;
  }

  @Override
  public synchronized void copied(long doneFiles, long doneBytes) {
    files = doneFiles;
    bytes = doneBytes;
  }

  @Override
  public synchronized void finishedFiles(StoreResult result) {
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
    print(text);
  }

  /** Tells of phases that are not complete. To be called when the run is over, well or badly. */
  @Override
  public void close() {
    ticker.interrupt();
    synchronized (this) {
      running.clear();
      building = null;
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

  private void printEnd(String name) {
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
    }
  }

  /**
   * Shows the mapping that has been at work for longest, or else what is done when none is; nothing
   * if there is neither.
   */
  synchronized void draw() {
    String line;
    if (!running.isEmpty()) {
      line = line(running.entrySet().iterator().next());
    } else if (store != null) {
      line = fileLine();
    } else if (building != null) {
      line = building;
    } else {
      return;
    }
    if (!screen.interactive()) {
      screen.err().println(line);
      return;
    }
    int room = Math.max(20, screen.width() - 1);
    String cut = line.length() > room ? line.substring(0, room) : line;
    screen.err().print("\r" + cut + "\u001b[K");
    screen.err().flush();
    lineOpen = true;
  }

  private String fileLine() {
    long rate = rate(bytes, since(storeStart));
    StringBuilder line = new StringBuilder(store).append(": files  ");
    appendShare(line, bytes, expectedBytes);
    line.append(Format.bytes(bytes));
    if (expectedBytes > 0) {
      line.append(" of about ").append(Format.bytes(expectedBytes));
    }
    line.append("  ").append(Format.count(files, "file", "files"));
    if (rate > 0) {
      line.append("  ").append(Format.bytes(rate)).append("/s");
      appendRemaining(line, expectedBytes - bytes, rate);
    }
    return line.toString();
  }

  /** The expectation comes from statistics, or from another moment, and can be too low. */
  private void appendShare(StringBuilder line, long done, long expected) {
    if (expected <= 0) {
      return;
    }
    double share = Math.min(0.99, (double) done / expected);
    int filled = (int) (share * BAR);
    if (screen.interactive()) {
      line.append('[').append("#".repeat(filled)).append(".".repeat(BAR - filled)).append("] ");
    }
    line.append((int) (share * 100)).append(" %  ");
  }

  private static void appendRemaining(StringBuilder line, long left, long rate) {
    if (left > 0) {
      line.append("  ").append(Format.remaining(Duration.ofSeconds(left / rate))).append(" left");
    }
  }

  private String line(Map.Entry<String, Running> first) {
    Running at = first.getValue();
    Duration elapsed = since(at.start);
    long rate = rate(at.rows, elapsed);
    StringBuilder line = new StringBuilder(at.phase).append(": ").append(first.getKey());
    line.append("  ");
    appendShare(line, at.rows, at.estimatedRows);
    line.append(Format.count(at.rows));
    if (at.estimatedRows > 0) {
      line.append(" of about ").append(Format.count(at.estimatedRows));
    }
    line.append(" rows");
    if (rate > 0) {
      line.append("  ").append(Format.count(rate)).append(" rows/s");
      appendRemaining(line, at.estimatedRows - at.rows, rate);
    }
    return line.toString();
  }

  private static long rate(long rows, Duration elapsed) {
    long millis = elapsed.toMillis();
    return millis < 200 ? 0 : rows * 1000 / millis;
  }

  private Duration since(long start) {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }

  private void print(String line) {
    clear();
    screen.err().println(line);
  }

  private void clear() {
    if (lineOpen) {
      screen.err().print("\r\u001b[K");
      screen.err().flush();
      lineOpen = false;
    }
  }
}
