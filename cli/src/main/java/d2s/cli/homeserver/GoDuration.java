package d2s.cli.homeserver;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them, e.g. {@code 1h30m}. */
final class GoDuration {

  private static final Pattern WHOLE = Pattern.compile("(\\d+(\\.\\d+)?(ns|us|µs|ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");

  private static final Map<String, BigDecimal> MILLISECONDS =
      Map.of(
          "ns",
          new BigDecimal("0.000001"),
          "us",
          new BigDecimal("0.001"),
          "µs",
          new BigDecimal("0.001"),
          "ms",
          BigDecimal.ONE,
          "s",
          BigDecimal.valueOf(1_000),
          "m",
          BigDecimal.valueOf(60_000),
          "h",
          BigDecimal.valueOf(3_600_000));

  private GoDuration() {}

  /** A duration in ms, empty if the text is none. */
  static OptionalLong milliseconds(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.add(new BigDecimal(part.group(1)).multiply(MILLISECONDS.get(part.group(2))));
    }
    return OptionalLong.of(sum.longValue());
  }
}
