package d2s.cli.output;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in lines that fit a terminal. Words are never broken: one that is too long has its line.
 * What a terminal would obey is made visible before, and line feeds are part of that.
 */
public final class Paragraph {

  private Paragraph() {}

  /**
   * @param first what stands before the first line
   * @param others what stands before all others
   * @param width of the terminal, in characters
   */
  public static List<String> wrap(String text, String first, String others, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : Printable.of(text.strip()).split(" +")) {
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(others);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  public static List<String> wrap(String text, int width) {
    return wrap(text, "", "", width);
  }
}
