package d2s.matrix.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floating-point numbers as Python writes them: the fewest digits that mean the number, at least
 * one of them after the point, and an exponent of two digits or more only below 1e-4 and from 1e16
 * on.
 */
final class FloatText {

  private static final int MOST_DIGITS = 17;

  private FloatText() {}

  static String of(double number) {
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      // Synapse cannot read such an event, so it has no canonical form.
      throw new IllegalArgumentException("a number that is too large");
    }
    BigDecimal shortest = shortest(new BigDecimal(Math.abs(number)), Math.abs(number));
    String digits = shortest.unscaledValue().toString();
    int exponent = digits.length() - 1 - shortest.scale();
    String text = exponent < -4 || exponent >= 16 ? scientific(digits, exponent) : plain(shortest);
    return number < 0 ? "-" + text : text;
  }

  /** Of the decimal numbers with the fewest digits that mean this double, the closest to it. */
  private static BigDecimal shortest(BigDecimal exact, double number) {
    RoundingMode[] closestFirst = {
      RoundingMode.HALF_EVEN, RoundingMode.FLOOR, RoundingMode.CEILING
    };
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
      for (RoundingMode mode : closestFirst) {
        BigDecimal rounded = exact.round(new MathContext(digits, mode));
        if (rounded.doubleValue() == number) {
          return rounded.stripTrailingZeros();
        }
      }
    }
    throw new IllegalStateException("no double needs more digits");
  }

  private static String scientific(String digits, int exponent) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String power = String.valueOf(Math.abs(exponent));
    return digits.charAt(0)
        + fraction
        + (exponent < 0 ? "e-" : "e+")
        + (power.length() < 2 ? "0" : "")
        + power;
  }

  private static String plain(BigDecimal number) {
    String text = number.toPlainString();
    return text.indexOf('.') < 0 ? text + ".0" : text;
  }
}
