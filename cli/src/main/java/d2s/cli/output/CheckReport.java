package d2s.cli.output;

import d2s.engine.result.CheckResult;
import d2s.engine.result.Severity;
import java.util.ArrayList;
import java.util.List;

/** The results of checks for people: what is wrong, why, and what to do. */
public final class CheckReport {

  private static final int USUAL_ROWS = 5;
  private static final String INDENT = " ".repeat(9);

  private CheckReport() {}

  /**
   * One result.
   *
   * @param head the severity, to be coloured
   * @param lines the rest of the first line, and the lines behind it
   */
  public record Entry(Style style, String head, List<String> lines) {}

  /**
   * @param all whether every row is named, or the first few only
   */
  public static List<Entry> entries(List<CheckResult> results, boolean all, int width) {
    List<Entry> entries = new ArrayList<>();
    for (Severity severity : List.of(Severity.OK, Severity.WARNING, Severity.ERROR)) {
      results.stream()
          .filter(result -> result.severity() == severity)
          .forEach(result -> entries.add(entry(result, all, width)));
    }
    return entries;
  }

  private static Entry entry(CheckResult result, boolean all, int width) {
    String head = String.format("%-7s", result.severity());
    String text = result.what() + " [" + result.id() + "]";
    List<String> lines = new ArrayList<>(Paragraph.wrap(text, INDENT, INDENT, width));
    int shown = all ? result.rows().size() : Math.min(USUAL_ROWS, result.rows().size());
    for (String row : result.rows().subList(0, shown)) {
      lines.addAll(Paragraph.wrap(row, INDENT + "- ", INDENT + "  ", width));
    }
    if (shown < result.rows().size()) {
      lines.add(INDENT + "- and " + (result.rows().size() - shown) + " more (-v lists them)");
    }
    if (!result.cause().isEmpty()) {
      lines.addAll(Paragraph.wrap(result.cause(), INDENT + "Why: ", INDENT + "     ", width));
    }
    if (!result.cure().isEmpty()) {
      lines.addAll(Paragraph.wrap(result.cure(), INDENT + "Do:  ", INDENT + "     ", width));
    }
    lines.set(0, lines.get(0).substring(head.length()));
    return new Entry(style(result.severity()), head, lines);
  }

  private static Style style(Severity severity) {
    return switch (severity) {
      case OK -> Style.GOOD;
      case WARNING -> Style.WARNING;
      case ERROR -> Style.BAD;
    };
  }

  public static long count(List<CheckResult> results, Severity severity) {
    return results.stream().filter(result -> result.severity() == severity).count();
  }
}
