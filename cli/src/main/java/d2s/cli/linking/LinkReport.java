package d2s.cli.linking;

import d2s.cli.output.Format;
import d2s.cli.output.Table;
import d2s.cli.output.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** Says what a file of links comes to. */
final class LinkReport {

  /** So many lines of a state are shown without {@code -v}. */
  private static final int SHOWN = 20;

  private LinkReport() {}

  static List<String> lines(LinkPlan plan, boolean all, int width) {
    Table table =
        new Table(Column.text("state"), Column.number("lines"), Column.text("what it means"));
    List<String> details = new ArrayList<>();
    for (LinkState state : LinkState.values()) {
      List<LinkPlan.Entry> entries = plan.entries(state);
      if (!entries.isEmpty()) {
        table.row(state.word(), String.valueOf(entries.size()), state.meaning());
        if (state != LinkState.SAME || all) {
          details.add("");
          details.add(state.word() + ":");
          details.addAll(some(entries, all));
        }
      }
    }
    List<String> lines = new ArrayList<>(table.lines(width));
    lines.addAll(details);
    return lines;
  }

  static List<String> some(List<?> things, boolean all) {
    List<String> lines = new ArrayList<>();
    int shown = all ? things.size() : Math.min(SHOWN, things.size());
    things.subList(0, shown).forEach(thing -> lines.add("  " + thing));
    if (shown < things.size()) {
      lines.add(
          "  and "
              + Format.count(things.size() - shown, "more line", "more lines")
              + "; -v shows all");
    }
    return lines;
  }
}
