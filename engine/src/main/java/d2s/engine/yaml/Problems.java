package d2s.engine.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects problems, so that the author of a mapping file sees all of them at once. */
public final class Problems {

  private final List<Problem> found = new ArrayList<>();
  private final Set<String> reported = new HashSet<>();

  /** Adds a problem; the same one at the same place is kept once. */
  public void add(Position at, String message) {
    Problem problem = new Problem(at, message);
    if (reported.add(at + message)) {
      found.add(problem);
    }
  }

  /** Adds problems that were found elsewhere. */
  public void addAll(List<Problem> others) {
    others.forEach(other -> add(other.at(), other.message()));
  }

  /** What was found since the last time that this was asked, in the order in which it was. */
  public List<Problem> take() {
    List<Problem> taken = List.copyOf(found);
    found.clear();
    reported.clear();
    return taken;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Whether a file has a problem. */
  public boolean isIn(String file) {
    return found.stream().anyMatch(problem -> problem.at().source().name().equals(file));
  }

  /** All problems by file, line and column. */
  public List<Problem> sorted() {
    return found.stream()
        .sorted(
            Comparator.comparing((Problem p) -> p.at().source().name())
                .thenComparing(p -> p.at().line())
                .thenComparing(p -> p.at().column()))
        .toList();
  }

  /**
   * @throws InvalidMappingsException with all problems, if there are any
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidMappingsException(sorted());
    }
  }
}
