package d2s.engine.concurrent;

/**
 * Waits that no interrupt cuts short: what they wait for uses a connection or a file until then.
 */
public final class Threads {

  private static final long TICK_MILLIS = 20;

  private Threads() {}

  /** One wait of bounded time. */
  @FunctionalInterface
  public interface Wait {

    /** Waits, and returns whether that which is waited for has ended. */
    boolean hasEnded() throws InterruptedException;
  }

  /** Waits again and again until the end. An interrupt meanwhile is set again afterwards. */
  public static void awaitUninterruptibly(Wait wait) {
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = wait.hasEnded();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until a thread has ended.
   *
   * @param whileWaiting is called before each wait of some milliseconds
   */
  public static void joinUninterruptibly(Thread thread, Runnable whileWaiting) {
    awaitUninterruptibly(
        () -> {
          whileWaiting.run();
          thread.join(TICK_MILLIS);
          return !thread.isAlive();
        });
  }
}
