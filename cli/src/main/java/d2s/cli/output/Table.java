package d2s.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of text in columns as wide as their widest cell. The last column is folded at its commas
 * when the table would be wider than the terminal.
 */
public final class Table {

  private static final String GAP = "  ";

  /** Below this the folded column would be a ragged strip. */
  private static final int LEAST_FOLDED = 16;

  private static final String INDENT = "    ";

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
    int lastWidth = width - before;
    if (lastWidth < LEAST_FOLDED || lastWidth < longestWord()) {
      return stacked(width);
    }

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

  private int longestWord() {
    int last = columns.size() - 1;
    return rows.stream()
        .flatMap(row -> Stream.of(row.get(last).split(" ")))
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }

  /** For a narrow terminal: each row by itself, what is in its last cell below it. */
  private List<String> stacked(int width) {
    int last = columns.size() - 1;
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder first = new StringBuilder();
      for (int i = 0; i < last; i++) {
        if (!row.get(i).isEmpty()) {
          String heading = columns.get(i).right() ? columns.get(i).heading() + " " : "";
          first.append(first.length() == 0 ? "" : ", ").append(heading).append(row.get(i));
        }
      }
      lines.addAll(Paragraph.wrap(first.toString(), "", INDENT, width));
      if (!row.get(last).isEmpty()) {
        lines.addAll(Paragraph.wrap(row.get(last), INDENT, INDENT, width));
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

  /** At its commas; a part that is too long for that, between its words. */
  private static List<String> fold(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : text.split("(?<=, )")) {
      if (line.length() > 0 && line.length() + part.stripTrailing().length() > width) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      if (part.stripTrailing().length() > width) {
        List<String> pieces = Paragraph.wrap(part, width);
        lines.addAll(pieces.subList(0, pieces.size() - 1));
        line.append(pieces.get(pieces.size() - 1)).append(part.endsWith(" ") ? " " : "");
      } else {
        line.append(part);
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
