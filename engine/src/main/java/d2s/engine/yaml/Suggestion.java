package d2s.engine.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt name probably meant. */
public final class Suggestion {

  private Suggestion() {}

  /** {@code "; did you mean x?"} for the nearest known name, or nothing if none is near. */
  public static String of(String written, Collection<String> known) {
    return nearest(written, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** The known name that was probably meant; empty if none is near. */
  public static Optional<String> nearest(String written, Collection<String> known) {
    int tolerance = (written.length() + 2) / 3;
    return known.stream()
        .filter(name -> distance(written, name) <= tolerance)
        .min(Comparator.comparingInt((String name) -> distance(written, name)));
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
