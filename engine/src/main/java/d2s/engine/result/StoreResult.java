package d2s.engine.result;

import d2s.engine.result.FileProblem.Kind;
import java.util.List;
import java.util.Map;

/**
 * What became of the files of a store.
 *
 * @param problems the first ones of each kind by name
 * @param counts how many there are of each kind
 * @param notes what a person should know about the whole
 */
public record StoreResult(
    String store,
    List<FileTally> tallies,
    List<FileProblem> problems,
    Map<Kind, Long> counts,
    List<String> notes) {

  /** How many files were not carried over though a row asks for them. */
  public long failures() {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey() != Kind.NO_ROW)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
