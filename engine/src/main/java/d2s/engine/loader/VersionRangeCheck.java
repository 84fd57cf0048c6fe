package d2s.engine.loader;

import d2s.engine.mapping.VersionRange;
import d2s.engine.mapping.VersionRange.Comparison;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.YamlObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds version ranges that no supported version is in: what they stand at would never be used, and
 * nobody would notice.
 */
final class VersionRangeCheck {

  private final String key;
  private final VersionRange supported;

  /**
   * @param key the name of the target, which is the key of version ranges
   */
  VersionRangeCheck(String key, VersionRange supported) {
    this.key = key;
    this.supported = supported;
  }

  /** Looks at an object of a file and at everything in it. */
  void check(YamlObject yaml) {
    check(yaml, List.of());
  }

  /**
   * @param outer the ranges of what the object is part of
   */
  private void check(YamlObject yaml, List<Comparison> outer) {
    List<Comparison> bounds = new ArrayList<>(outer);
    if (yaml.isScalar(key)) {
      Text text = yaml.text(key);
      try {
        bounds.addAll(VersionRange.parse(text.value()).comparisons());
        report(yaml, text, bounds, !outer.isEmpty());
      } catch (IllegalArgumentException e) {
        // Reported where it is read.
        return;
      }
    }
    yaml.parts().forEach(part -> check(part, bounds));
  }

  private void report(YamlObject yaml, Text text, List<Comparison> bounds, boolean inside) {
    if (isPossible(bounds) && isPossible(concat(bounds, supported.comparisons()))) {
      return;
    }
    String reason =
        isPossible(VersionRange.parse(text.value()).comparisons())
            ? inside && !isPossible(bounds)
                ? "what it is part of is for other versions"
                : "set.yaml supports other versions"
            : "no number fulfils all of it";
    yaml.problem(text.at(), text + " never applies: " + reason);
  }

  private static List<Comparison> concat(List<Comparison> some, List<Comparison> others) {
    List<Comparison> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** Whether there is a number within all bounds: if so, one is beside a bound. */
  private static boolean isPossible(List<Comparison> bounds) {
    return bounds.isEmpty()
        || bounds.stream()
            .flatMapToInt(bound -> IntStream.rangeClosed(bound.version() - 1, bound.version() + 1))
            .anyMatch(version -> new VersionRange(bounds).contains(version));
  }
}
