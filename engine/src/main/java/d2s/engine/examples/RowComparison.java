package d2s.engine.examples;

import d2s.engine.mapping.Example;
import d2s.engine.mapping.Example.Row;
import d2s.engine.mapping.Example.Rows;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Holds the rows that came against those that an example names. Their order does not matter: each
 * expected row is held against the actual one that is most like it.
 */
final class RowComparison {

  private static final int LONGEST_VALUE = 200;

  private final Example example;
  private final Problems problems;

  RowComparison(Example example, Problems problems) {
    this.example = example;
    this.problems = problems;
  }

  /** Tells what an actual row differs in from an expected one. */
  @FunctionalInterface
  interface Comparer {
    List<Difference> compare(Row expected, Map<String, String> actual);
  }

  void compare(Rows expected, List<Map<String, String>> actual, Comparer comparer) {
    String table = expected.table().value();
    if (expected.count() != null) {
      if (expected.size() != actual.size()) {
        report(
            expected.count().at(),
            table + " has " + rows(actual.size()) + ", not " + expected.size(),
            table,
            actual);
      }
      return;
    }
    Map<Row, Map<String, String>> pairs = pairs(expected.rows(), actual, comparer);
    int place = 0;
    for (Row row : expected.rows()) {
      place++;
      if (!pairs.containsKey(row)) {
        report(row.at(), "row " + place + " of " + table + " did not come", table, actual);
        continue;
      }
      for (Difference difference : comparer.compare(row, pairs.get(row))) {
        report(
            difference.at(),
            "row " + place + " of " + table + ": " + difference.message(),
            table,
            actual);
      }
    }
    int more = actual.size() - expected.rows().size();
    if (more > 0) {
      report(
          expected.table().at(),
          table + " has " + rows(actual.size()) + ", " + more + " more than the example names",
          table,
          actual);
    }
  }

  /** A table of which the example says nothing must get no row. */
  void requireNone(String table, long before, List<Map<String, String>> actual) {
    if (actual.size() != before) {
      report(
          example.description().at(),
          table
              + " has "
              + rows(actual.size())
              + ", but the example does not name the table; name its rows, or how many there are",
          table,
          actual);
    }
  }

  /** Pairs equal rows first, then the ones that are most alike. */
  private static Map<Row, Map<String, String>> pairs(
      List<Row> expected, List<Map<String, String>> actual, Comparer comparer) {
    Map<Row, Map<String, String>> pairs = new HashMap<>();
    List<Row> left = new ArrayList<>(expected);
    List<Map<String, String>> free = new ArrayList<>(actual);
    while (!left.isEmpty() && !free.isEmpty()) {
      Row bestRow = null;
      int bestPlace = -1;
      int best = Integer.MAX_VALUE;
      for (Row row : left) {
        for (int i = 0; i < free.size() && best > 0; i++) {
          int differences = differingColumns(comparer.compare(row, free.get(i)));
          if (differences < best) {
            best = differences;
            bestRow = row;
            bestPlace = i;
          }
        }
      }
      pairs.put(bestRow, free.remove(bestPlace));
      left.remove(bestRow);
    }
    return pairs;
  }

  private static int differingColumns(List<Difference> differences) {
    return (int)
        differences.stream().map(one -> one.path().split("[.\\[]", 2)[0]).distinct().count();
  }

  private static String rows(long count) {
    return count == 0 ? "no row" : count == 1 ? "1 row" : count + " rows";
  }

  private void report(Position at, String message, String table, List<Map<String, String>> actual) {
    StringBuilder text = new StringBuilder(message);
    text.append(" (example: ").append(example.description()).append(')');
    text.append("\n  ").append(table).append(" has ").append(rows(actual.size()));
    text.append(actual.isEmpty() ? "" : ":");
    for (Map<String, String> row : actual) {
      text.append("\n  - ").append(text(row));
    }
    problems.add(at, text.toString());
  }

  private static String text(Map<String, String> row) {
    List<String> parts = new ArrayList<>();
    row.forEach(
        (column, value) -> {
          if (Objects.nonNull(value)) {
            parts.add(
                column
                    + ": "
                    + (value.length() > LONGEST_VALUE
                        ? value.substring(0, LONGEST_VALUE) + "…"
                        : value));
          }
        });
    return String.join(", ", parts);
  }
}
