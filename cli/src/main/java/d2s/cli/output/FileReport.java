package d2s.cli.output;

import d2s.engine.result.FileProblem;
import d2s.engine.result.FileTally;
import d2s.engine.result.StoreResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of files, for people. */
public final class FileReport {

  private static final int USUAL_NAMES = 5;

  private FileReport() {}

  /** One row per mapping. */
  public static List<String> table(List<StoreResult> stores, boolean dryRun, int width) {
    Table table =
        new Table(
            Table.Column.text("Files of"),
            Table.Column.number(dryRun ? "Would copy" : "Copied"),
            Table.Column.number(dryRun ? "Would link" : "Linked"),
            Table.Column.number("There before"),
            Table.Column.number(dryRun ? "Would fail" : "Failed"),
            Table.Column.text(dryRun ? "Would copy or link" : "Copied or linked"));
    for (StoreResult store : stores) {
      for (FileTally tally : store.tallies()) {
        table.row(
            tally.mapping(),
            Format.count(tally.copied()),
            Format.count(tally.linked()),
            Format.count(tally.unchanged()),
            Format.count(tally.failed()),
            Format.bytes(tally.copiedBytes() + tally.linkedBytes()));
      }
    }
    return table.lines(width);
  }

  /**
   * What is wrong with files, by its kind.
   *
   * @param all whether every name is listed, or the first few only
   */
  public static List<String> problems(List<StoreResult> stores, boolean all) {
    List<String> lines = new ArrayList<>();
    for (StoreResult store : stores) {
      for (Map.Entry<FileProblem.Kind, Long> entry : store.counts().entrySet()) {
        lines.add("- " + entry.getKey().meaning() + ": " + Format.count(entry.getValue()));
        List<FileProblem> known =
            store.problems().stream().filter(problem -> problem.kind() == entry.getKey()).toList();
        int shown = all ? known.size() : Math.min(USUAL_NAMES, known.size());
        known.subList(0, shown).forEach(problem -> lines.add("  " + name(problem)));
        if (shown < entry.getValue()) {
          lines.add(
              "  and "
                  + Format.count(entry.getValue() - shown)
                  + " more"
                  + (shown < known.size() ? " (-v lists them)" : ""));
        }
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, "Not right with the files:");
    }
    return lines;
  }

  private static String name(FileProblem problem) {
    StringBuilder name = new StringBuilder(problem.path());
    if (!problem.mapping().isEmpty()) {
      name.append(", ").append(problem.mapping()).append(' ').append(problem.what());
    }
    if (!problem.reason().isEmpty()) {
      name.append(": ").append(problem.reason());
    }
    return name.toString();
  }

  /** What people should know about the whole. */
  public static Set<String> notes(List<StoreResult> stores) {
    Set<String> notes = new LinkedHashSet<>();
    stores.forEach(store -> notes.addAll(store.notes()));
    return notes;
  }
}
