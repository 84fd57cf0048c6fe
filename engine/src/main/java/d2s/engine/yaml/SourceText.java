package d2s.engine.yaml;

import java.util.List;

/**
 * The text of one mapping file, kept so that a problem can quote the line that it is about.
 *
 * @param name the path as the user knows it
 */
public record SourceText(String name, String text) {

  /** The line with this number, counted from 1; empty if there is none. */
  public String line(int number) {
    List<String> lines = text.lines().toList();
    return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
  }

  /** The index of the first character of a line, counted from 1; -1 if there is no such line. */
  int offset(int number) {
    int offset = 0;
    for (int line = 1; line < number; line++) {
      int end = text.indexOf('\n', offset);
      if (end < 0) {
        return -1;
      }
      offset = end + 1;
    }
    return offset;
  }

  @Override
  public String toString() {
    return name;
  }
}
