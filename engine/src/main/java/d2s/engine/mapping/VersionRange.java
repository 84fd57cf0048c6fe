package d2s.engine.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of target schema versions, written like {@code '>=92'} or {@code '>=88 <94'}.
 *
 * @param bounds all of them must hold
 */
public record VersionRange(List<Bound> bounds) {

  /** No restriction. */
  public static final VersionRange ALWAYS = new VersionRange(List.of());

  private static final Pattern BOUND = Pattern.compile("(>=|<=|>|<|=)(\\d+)");

  /** One comparison with a schema version. */
  public record Bound(String operator, int version) {

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
    List<Bound> bounds =
        Arrays.stream(text.strip().split("[\\s,]+"))
            .map(
                part -> {
                  Matcher matcher = BOUND.matcher(part);
                  if (!matcher.matches()) {
                    throw new IllegalArgumentException(part);
                  }
                  return new Bound(matcher.group(1), Integer.parseInt(matcher.group(2)));
                })
            .toList();
    return new VersionRange(bounds);
  }

  public boolean open(int version) {
    return bounds.stream().allMatch(bound -> bound.holds(version));
  }
}
