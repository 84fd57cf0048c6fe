package d2s.switchover;

import java.time.Duration;
import java.time.Instant;

/** How long each part took. */
final class Stopwatch {
  private final StringBuilder laps = new StringBuilder();
  private Instant last = Instant.now();

  /** Ends a part. */
  void lap(String part) {
    Instant now = Instant.now();
    laps.append("%7.1f s  %s%n".formatted(Duration.between(last, now).toMillis() / 1000.0, part));
    last = now;
  }

  @Override
  public String toString() {
    return laps.toString();
  }
}
