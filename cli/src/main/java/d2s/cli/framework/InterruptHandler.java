package d2s.cli.framework;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Makes Ctrl-C (and a polite kill) end a command in order: what it has running is given up, the
 * command cleans up behind itself, and only then the process ends.
 *
 * <p>A less polite kill ends the connections, and PostgreSQL rolls back by itself.
 */
public final class InterruptHandler {

  private static final long GIVE_UP_EVERY_MILLIS = 200;
  private static final long PATIENCE_SECONDS = 60;

  /** What is said of a command that does not end. */
  private static final String NO_ANSWER =
      "d2s ends without having heard what became of it. PostgreSQL rolls back what was not committed"
          + " as soon as it notices that nobody is connected any more.";

  private final Console console;
  private final CountDownLatch over = new CountDownLatch(1);
  private Thread hook;
  private volatile boolean happened;
  private volatile Answer answer;

  /** What an interrupt does at the moment. */
  private record Answer(String announcement, Runnable giveUp, Supplier<String> conclusion) {}

  InterruptHandler(Console console) {
    this.console = console;
  }

  /**
   * From now on an interrupt is answered so. A command with several parts calls it for each.
   *
   * @param announcement what is said at once
   * @param giveUp makes the command fail soon; called repeatedly, since one attempt may fall
   *     between two steps of the command
   * @param conclusion what is said when the command has ended
   */
  public void install(String announcement, Runnable giveUp, Supplier<String> conclusion) {
    answer = new Answer(announcement, giveUp, conclusion);
    if (hook == null) {
      hook = new Thread(this::interrupted, "interruption");
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  boolean happened() {
    return happened;
  }

  /** The command has nothing more to do or to print. */
  void end() {
    over.countDown();
    if (!happened && hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The interrupt came in this very moment; the hook finds that everything is over.
        happened = true;
      }
    }
  }

  private void interrupted() {
    happened = true;
    console.log("");
    console.log(answer.announcement());
    boolean ended = false;
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      do {
        answer.giveUp().run();
        ended = over.await(GIVE_UP_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } while (!ended && System.nanoTime() - end < 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    console.log(ended ? answer.conclusion().get() : NO_ANSWER);
  }
}
