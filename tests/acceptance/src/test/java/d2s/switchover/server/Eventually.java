package d2s.switchover.server;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting for what other servers and background work do, as short as it takes. */
public final class Eventually {
  /** {@code -Dd2s.patience=SECONDS} is for a machine that does much else. */
  static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("d2s.patience", 60));

  private static final long PAUSE_MILLISECONDS = 50;

  private Eventually() {}

  /**
   * Waits until it is so.
   *
   * @param what completes "gave up waiting until …"
   */
  public static void isTrue(String what, BooleanSupplier condition) {
    get(what, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
  }

  /**
   * Waits until there is a value.
   *
   * @param what completes "gave up waiting until …"
   * @param source gives null as long as there is none
   */
  public static <T> T get(String what, Supplier<T> source) {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      T value = source.get();
      if (value != null) {
        return value;
      }
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("gave up waiting until " + what);
      }
      try {
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting until " + what, e);
      }
    }
  }
}
