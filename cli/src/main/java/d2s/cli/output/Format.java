package d2s.cli.output;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Format {

  private static final String UNITS = "kMGTP";

  private Format() {}

  /** With commas between the thousands: 51,474. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A count with its noun: 1 row, 2 rows. */
  public static String count(long number, String one, String many) {
    return count(number) + " " + (number == 1 ? one : many);
  }

  /** An amount of data: 512 B, 1.4 MB, 23 GB. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double amount = bytes;
    int unit = -1;
    while (amount >= 999.5 && unit < UNITS.length() - 1) {
      amount /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, amount < 9.95 ? "%.1f" : "%.0f", amount)
        + " "
        + UNITS.charAt(unit)
        + "B";
  }

  /** Seconds with a precision that fits: 0.04, 3.2, 75. */
  public static String seconds(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    return String.format(
        Locale.ROOT, seconds < 1 ? "%.2f" : seconds < 60 ? "%.1f" : "%.0f", seconds);
  }

  /** A remaining time: 4 s, 3 min, 2 h 5 min. */
  public static String remaining(Duration duration) {
    long seconds = Math.max(1, duration.toSeconds());
    if (seconds < 90) {
      return seconds + " s";
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 90 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
