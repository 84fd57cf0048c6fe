package d2s.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of text in columns as wide as their widest cell. The last column is folded at its commas
 * when the table would be wider than the terminal.
 */
public final class Table {

  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  /** A heading, and whether the cells stand on the right, as numbers should. */
  public record Column(String heading, boolean right) {

    public static Column text(String heading) {
      return new Column(heading, false);
    }

    public static Column number(String heading) {
      return new Column(heading, true);
    }
  }

  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row of one cell per column. */
  public void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + columns.size());
    }
    rows.add(List.of(cells));
  }

  /**
   * The lines of the table.
   *
   * @param width of the terminal, in characters
   */
  public List<String> lines(int width) {
    int last = columns.size() - 1;
    int[] widths = new int[columns.size()];
    int before = 0;
    for (int i = 0; i < columns.size(); i++) {
      widths[i] = columns.get(i).heading().length();
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
      if (i < last) {
        before += widths[i] + GAP.length();
      }
    }
    // Below this the folded column would be a ragged strip; let the terminal wrap instead.
    int lastWidth = Math.max(24, width - before);

    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::heading).toList(), widths));
    for (List<String> row : rows) {
      List<String> folded = fold(row.get(last), lastWidth);
      List<String> cells = new ArrayList<>(row);
      cells.set(last, folded.get(0));
      lines.add(line(cells, widths));
      for (String more : folded.subList(1, folded.size())) {
        lines.add(" ".repeat(before) + more);
      }
    }
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - cells.get(i).length()));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).right() ? padding + cells.get(i) : cells.get(i) + padding);
    }
    return line.toString().stripTrailing();
  }

  private static List<String> fold(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    String[] parts = text.split("(?<=, )");
    for (String part : parts) {
      if (line.length() > 0 && line.length() + part.stripTrailing().length() > width) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(part);
    }
    lines.add(line.toString());
    return lines;
  }
}
