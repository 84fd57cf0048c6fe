package d2s.cli.output;

import d2s.engine.result.Counted;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.result.StepResult;
import d2s.engine.result.UnmetExpectation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The result of a run for people: a table of the mappings, what was skipped, what looks wrong. */
public final class RunReport {

  private static final int USUAL_NAMES = 5;

  private RunReport() {}

  /** One row per mapping, with the tables that it filled. */
  public static List<String> table(RunResult result, int width) {
    Table table =
        new Table(
            Table.Column.text("Phase"),
            Table.Column.text("Mapping"),
            Table.Column.number("Seconds"),
            Table.Column.number("Rows read"),
            Table.Column.text("Rows written"));
    String phase = "";
    long read = 0;
    long written = 0;
    for (StepResult step : result.steps()) {
      table.row(
          step.phase().equals(phase) ? "" : step.phase(),
          step.mapping(),
          Format.seconds(step.elapsed()),
          Format.count(step.rowsRead()),
          step.rowsWritten().entrySet().stream()
              .map(entry -> entry.getKey() + " " + Format.count(entry.getValue()))
              .collect(Collectors.joining(", ")));
      phase = step.phase();
      read += step.rowsRead();
      written += step.rowsWritten().values().stream().mapToLong(Long::longValue).sum();
    }
    table.row(
        "Total", "", Format.seconds(result.elapsed()), Format.count(read), Format.count(written));
    return table.lines(width);
  }

  /**
   * What was not carried over, grouped by mapping and reason.
   *
   * @param dryRun whether nothing was, so that it only would not be
   * @param all whether every name is listed, or the first few only
   */
  public static List<String> skipped(
      List<Skipped> skipped, boolean dryRun, boolean all, int width) {
    List<String> lines = new ArrayList<>();
    if (skipped.isEmpty()) {
      return lines;
    }
    lines.add(
        (dryRun ? "Would not be carried over, " : "Not carried over, ")
            + Format.count(skipped.size(), "item", "items")
            + ":");
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Skipped one : skipped) {
      groups
          .computeIfAbsent(one.mapping() + ": " + one.reason(), key -> new ArrayList<>())
          .add(one.what());
    }
    groups.forEach(
        (reason, names) -> {
          lines.addAll(Paragraph.wrap(reason, "- ", "  ", width));
          int shown = all ? names.size() : Math.min(USUAL_NAMES, names.size());
          String more =
              shown < names.size()
                  ? " and " + Format.count(names.size() - shown) + " more (-v lists them)"
                  : "";
          lines.addAll(
              Paragraph.wrap(String.join(", ", names.subList(0, shown)) + more, "  ", "  ", width));
        });
    return lines;
  }

  /**
   * What people ask for: how much of what has arrived.
   *
   * @param dryRun whether it only would arrive
   */
  public static String summary(RunResult result, boolean dryRun, boolean allOfIt) {
    boolean complete = allOfIt && result.counted().stream().allMatch(Counted::isComplete);
    String numbers =
        result.counted().stream()
            .filter(count -> count.source() > 0 || count.target() > 0)
            .map(RunReport::number)
            .collect(Collectors.joining(", "));
    if (numbers.isEmpty()) {
      return "";
    }
    String would = dryRun ? "would be " : "";
    return complete
        ? numbers + ": all " + would + "carried over."
        : (dryRun ? "Would be carried over: " : "Carried over: ") + numbers + ".";
  }

  private static String number(Counted count) {
    return count.isComplete()
        ? Format.count(count.source(), count.one(), count.many())
        : Format.count(count.target())
            + " of "
            + Format.count(count.source(), count.one(), count.many());
  }

  /** What the loaded database should be and is not. */
  public static List<String> findings(List<UnmetExpectation> findings) {
    List<String> lines = new ArrayList<>();
    if (!findings.isEmpty()) {
      lines.add(Format.count(findings.size(), "expectation is", "expectations are") + " not met:");
      for (UnmetExpectation finding : findings) {
        lines.add("- " + finding.mapping() + ": " + finding.expectation() + ": " + finding.text());
      }
    }
    return lines;
  }
}
