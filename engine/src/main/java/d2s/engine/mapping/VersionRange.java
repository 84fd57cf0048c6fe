package d2s.engine.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of target schema versions, written like {@code '>=92'} or {@code '>=88 <94'}.
 *
 * @param comparisons all of them must hold
 */
public record VersionRange(List<Comparison> comparisons) {

  /** No restriction. */
  public static final VersionRange ALWAYS = new VersionRange(List.of());

  private static final Pattern COMPARISON = Pattern.compile("(>=|<=|>|<|=)(\\d+)");

  /** One comparison with a schema version. */
  public record Comparison(String operator, int version) {

    boolean holds(int actual) {
      return switch (operator) {
        case ">=" -> actual >= version;
        case "<=" -> actual <= version;
        case ">" -> actual > version;
        case "<" -> actual < version;
        default -> actual == version;
      };
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not a list of comparisons
   */
  public static VersionRange parse(String text) {
    List<Comparison> comparisons =
        Arrays.stream(text.strip().split("[\\s,]+"))
            .map(
                part -> {
                  Matcher matcher = COMPARISON.matcher(part);
                  if (!matcher.matches()) {
                    throw new IllegalArgumentException(part);
                  }
                  return new Comparison(matcher.group(1), Integer.parseInt(matcher.group(2)));
                })
            .toList();
    return new VersionRange(comparisons);
  }

  public boolean contains(int version) {
    return comparisons.stream().allMatch(comparison -> comparison.holds(version));
  }
}
