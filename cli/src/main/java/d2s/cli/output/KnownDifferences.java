package d2s.cli.output;

import d2s.engine.result.Skipped;
import d2s.engine.verify.Finding;
import d2s.engine.verify.VerificationResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a migration has named as not carried over, so that a verification that finds it missing
 * finds nothing new. A finding is known if it names the same thing.
 */
public final class KnownDifferences {

  /** How a verification says that two numbers differ. */
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d+) in the source, (\\d+) in the target.*");

  private final List<Set<String>> named;
  private final Map<String, Long> counts = new HashMap<>();

  /**
   * @param items as the migration named them
   */
  public KnownDifferences(List<Skipped> items) {
    items.forEach(item -> counts.merge(item.mapping(), 1L, Long::sum));
    named =
        items.stream()
            .map(item -> words(item.what()))
            .filter(words -> !words.isEmpty())
            .distinct()
            .toList();
  }

  /** The findings of a verification that were named before. */
  public List<Finding> of(VerificationResult result) {
    return result.findings().stream().filter(this::isKnown).toList();
  }

  /** Whether everything that a verification found was named before. */
  public boolean explainAll(VerificationResult result) {
    return result.failed() > 0 && of(result).size() == result.failed();
  }

  /** Not less than the whole name: another device of the same user is another thing. */
  private boolean isKnown(Finding finding) {
    Set<String> words = words(finding.what());
    // The id of a file stands behind the name of its server.
    for (String word : List.copyOf(words)) {
      words.addAll(List.of(word.split("/")));
    }
    Matcher numbers = NUMBERS.matcher(finding.reason());
    if (numbers.matches()) {
      long missing = Long.parseLong(numbers.group(1)) - Long.parseLong(numbers.group(2));
      String mapping = finding.what().replaceFirst(": .*", "");
      return missing > 0 && missing <= counts.getOrDefault(mapping, 0L);
    }
    return named.stream().anyMatch(words::containsAll);
  }

  /** The ids in a name such as {@code row media_id=abc} or {@code @user:server DEVICE}. */
  private static Set<String> words(String name) {
    return Arrays.stream(name.replaceFirst("^row ", "").split("[\\s,]+"))
        .map(word -> word.replaceFirst("^[a-z_]+=", ""))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Each known finding of several verifications as one line. */
  public List<String> lines(List<VerificationResult> results) {
    List<String> lines = new ArrayList<>();
    for (VerificationResult result : results) {
      of(result).forEach(finding -> lines.add(finding.what() + ": " + finding.reason()));
    }
    return lines;
  }
}
