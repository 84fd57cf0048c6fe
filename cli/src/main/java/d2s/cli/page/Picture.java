package d2s.cli.page;

import d2s.cli.html.Html;
import java.util.stream.Stream;

/**
 * A drawing of names and lines between them. Its names are links, so that it is a group of them.
 */
final class Picture {

  static final int ROW = 22;

  /** A little more than a letter takes. */
  private static final double LETTER = 7.4;

  private final Page page;
  private final Html html;

  /**
   * @param label what it shows, for those who do not see it
   */
  Picture(Page page, String label, int width, int height) {
    this.page = page;
    this.html = page.html();
    html.open(
            "div",
            "class",
            "scroll picture",
            "tabindex",
            "0",
            "role",
            "region",
            "aria-label",
            label)
        .open(
            "svg",
            "viewBox",
            "0 0 " + width + " " + height,
            "width",
            String.valueOf(width),
            "height",
            String.valueOf(height),
            "role",
            "group",
            "aria-label",
            label)
        .line();
  }

  /** The width of the longest of these names. */
  static int width(Stream<String> names) {
    return (int) Math.ceil(names.mapToInt(String::length).max().orElse(0) * LETTER);
  }

  void begin(String kind) {
    html.open("g", "class", kind);
  }

  void end() {
    html.close().line();
  }

  /** A line from one place to another, both in the middle of a row. */
  void curve(int x, int y, int toX, int toY) {
    int middle = (x + toX) / 2;
    html.open(
        "path",
        "d",
        "M" + x + " " + y + "C" + middle + " " + y + " " + middle + " " + toY + " " + toX + " "
            + toY);
  }

  void box(int x, int y, int width, int height) {
    html.open(
        "rect",
        "x",
        String.valueOf(x),
        "y",
        String.valueOf(y),
        "width",
        String.valueOf(width),
        "height",
        String.valueOf(height),
        "rx",
        "4");
  }

  /**
   * A name.
   *
   * @param anchor start, middle or end: which part of it is at {@code x}
   * @param to where it leads; null for nowhere
   */
  void name(int x, int y, String anchor, String kind, String text, String to) {
    if (to != null) {
      html.open("a", "href", page.links().to(to));
    }
    html.element(
        "text",
        text,
        "x",
        String.valueOf(x),
        "y",
        String.valueOf(y + 4),
        "text-anchor",
        anchor,
        "class",
        kind);
    if (to != null) {
      html.close();
    }
  }

  void finish() {
    html.close("div");
  }
}
