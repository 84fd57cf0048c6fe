package d2s.acceptance.comparison;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import d2s.acceptance.recording.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares the answers of two servers item by item. An item is equal, or made equal by named rules
 * that explain how the two servers represent the same thing, or it differs.
 */
public final class Comparison {
  private static final int FIRST_DIFFERENCES = 5;
  private static final int FIRST_CHARACTERS = 2_000;

  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<Item> differences = new ArrayList<>();

  /**
   * What became of the items of one kind.
   *
   * @param byRule how many items each rule helped to make equal
   */
  public record Tally(
      int compared, int equal, int different, Map<ToleratedDifference, Integer> byRule) {}

  private Comparison() {}

  /**
   * Compares.
   *
   * @param kinds the kinds to compare; one without any item is an error of the test
   */
  public static Comparison of(Background background, Answers after, List<String> kinds) {
    Comparison comparison = new Comparison();
    kinds.forEach(kind -> comparison.compare(kind, background, after));
    return comparison;
  }

  /** The items that no rule explains, with what the rules left of them. */
  public List<Item> differences() {
    return differences;
  }

  /** The kinds without a single item. */
  public List<String> emptyKinds() {
    return tallies.entrySet().stream()
        .filter(entry -> entry.getValue().compared() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A table for people: kind, compared, equal, different, by which rules, and what those say. */
  public String table() {
    StringBuilder table =
        new StringBuilder(
            "%-22s %8s %8s %9s  %s%n"
                .formatted("kind", "compared", "equal", "different", "by rule"));
    tallies.forEach(
        (kind, tally) -> {
          table.append(
              "%-22s %8d %8d %9d"
                  .formatted(kind, tally.compared(), tally.equal(), tally.different()));
          tally
              .byRule()
              .forEach((rule, count) -> table.append("  ").append(rule).append(' ').append(count));
          table.append(System.lineSeparator());
        });
    tallies.values().stream()
        .flatMap(tally -> tally.byRule().keySet().stream())
        .distinct()
        .sorted()
        .forEach(rule -> table.append("%s: %s%n".formatted(rule, rule.reason())));
    return table.toString();
  }

  /** How many items of each kind no rule explains. */
  public Map<String, Long> differencesByKind() {
    return differences.stream()
        .collect(Collectors.groupingBy(Item::kind, TreeMap::new, Collectors.counting()));
  }

  /** One JSON object a line, for whoever has to find out why; what rules took away is left out. */
  public void writeDifferences(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, differences.stream().map(Comparison::line).toList());
  }

  /** The beginning of what {@link #writeDifferences} writes, for whoever has only the message. */
  public String firstDifferences() {
    return differences.stream()
        .limit(FIRST_DIFFERENCES)
        .map(Comparison::line)
        .map(line -> line.substring(0, Math.min(line.length(), FIRST_CHARACTERS)))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String line(Item item) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("kind", item.kind()).put("key", item.key());
    line.set("dendrite", item.before());
    line.set("synapse", item.after());
    return line.toString();
  }

  private void compare(String kind, Background background, Answers after) {
    Answers before = background.recorded().answers();
    Set<String> keys = new LinkedHashSet<>(before.of(kind).keySet());
    keys.addAll(after.of(kind).keySet());
    int equal = 0;
    int different = 0;
    Map<ToleratedDifference, Integer> byRule = new LinkedHashMap<>();
    for (String key : keys) {
      Item item = new Item(kind, key, before.of(kind).get(key), after.of(kind).get(key));
      if (item.isEqual()) {
        equal++;
        continue;
      }
      List<ToleratedDifference> used = new ArrayList<>();
      Item rest = ToleratedDifference.explain(item, background, used);
      if (rest.isEqual()) {
        used.forEach(rule -> byRule.merge(rule, 1, Integer::sum));
      } else {
        different++;
        differences.add(rest);
      }
    }
    tallies.put(kind, new Tally(keys.size(), equal, different, byRule));
  }
}
