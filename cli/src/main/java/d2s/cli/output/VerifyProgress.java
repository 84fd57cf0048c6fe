package d2s.cli.output;

import d2s.engine.verify.Verifier;
import java.util.function.LongSupplier;

/** Shows which verification is at work, as which of how many. */
public final class VerifyProgress implements Verifier.Starting, AutoCloseable {

  private static final int BAR = 20;
  private static final long PLAIN_LINE_NANOS = 5_000_000_000L;

  private final Terminal screen;
  private final boolean everyOne;
  private final LongSupplier nanoTime;
  private long lastLine;
  private int finished;
  private String line = "";
  private boolean lineOpen;

  /**
   * @param everyOne whether each gets a line of its own
   */
  public VerifyProgress(Terminal screen, boolean everyOne) {
    this(screen, everyOne, System::nanoTime);
  }

  VerifyProgress(Terminal screen, boolean everyOne, LongSupplier nanoTime) {
    this.screen = screen;
    this.everyOne = everyOne;
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong();
  }

  /** Before the first verification both databases are looked at, which takes some seconds. */
  public void preparing() {
    if (screen.interactive() && !everyOne) {
      screen.err().print("\rlooking at both databases\u001b[K");
      screen.err().flush();
      lineOpen = true;
    } else {
      screen.err().println("Looking at both databases ...");
    }
  }

  /** A verification begins, the first with the number 1. The bar shows how many have ended. */
  @Override
  public void starting(String name, int number, int of) {
    line = number + " of " + of + ": " + name;
    if (everyOne) {
      screen.err().println("Looking at " + Printable.of(line) + " ...");
    } else if (screen.interactive()) {
      draw(number, of);
    } else if (nanoTime.getAsLong() - lastLine >= PLAIN_LINE_NANOS) {
      lastLine = nanoTime.getAsLong();
      screen.err().println("verifying, " + line);
    }
  }

  @Override
  public void finished(int number, int of) {
    finished = number;
    if (lineOpen) {
      draw(number, of);
    }
  }

  private void draw(int number, int of) {
    int filled = finished * BAR / of;
    String bar = "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "]  ";
    int room = Math.max(1, screen.width() - 1);
    String shown = bar.length() + line.length() <= room ? bar + line : line;
    screen.err().print("\r" + (shown.length() <= room ? shown : number + "/" + of) + "\u001b[K");
    screen.err().flush();
    lineOpen = true;
  }

  @Override
  public void close() {
    if (lineOpen) {
      screen.err().print("\r\u001b[K");
      screen.err().flush();
    }
  }
}
