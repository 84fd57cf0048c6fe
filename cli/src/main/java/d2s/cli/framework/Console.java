package d2s.cli.framework;

import d2s.cli.output.Paragraph;
import d2s.cli.output.Printable;
import d2s.cli.output.Style;
import d2s.cli.output.Terminal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command says to people. In JSON mode it says nothing; notes are kept for the document.
 *
 * <p>A command that runs does so in one thread; only this class's notes may come from others.
 */
public final class Console {

  private static final String ITEM = "- ";

  private final Terminal screen;
  private final boolean json;
  private final int verbosity;
  private final List<String> notes = new ArrayList<>();
  private int shownNotes;

  Console(Terminal screen, boolean json, int verbosity) {
    this.screen = screen;
    this.json = json;
    this.verbosity = verbosity;
  }

  public Terminal screen() {
    return screen;
  }

  public boolean json() {
    return json;
  }

  /** How many times {@code -v} was given. */
  public int verbosity() {
    return verbosity;
  }

  /** A line of the result. */
  public void print(String line) {
    showNotes();
    if (!json) {
      fit(line).forEach(screen.out()::println);
    }
  }

  public void print(List<String> lines) {
    lines.forEach(this::print);
  }

  /** A line of the result whose beginning has a meaning. */
  public void print(Style style, String head, String rest) {
    showNotes();
    if (!json) {
      screen.out().println(screen.styled(style, head) + Printable.of(rest));
    }
  }

  /** A sentence of the result, on a terminal in as many lines as it needs. */
  public void printParagraph(Style style, String text) {
    if (!screen.interactive()) {
      print(style, text, "");
      return;
    }
    for (String line : Paragraph.wrap(text, screen.width())) {
      print(style, line, "");
    }
  }

  /** Text of this program in several lines. */
  public void printText(String text) {
    text.lines().forEach(this::print);
  }

  /** Text of several lines about what is going on. Only the first can look like one of its own. */
  public void logText(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      log(i == 0 || lines.get(i).startsWith(" ") ? lines.get(i) : "  " + lines.get(i));
    }
  }

  /** A line about what is going on. */
  public void log(String line) {
    if (!json) {
      fit(line).forEach(screen.err()::println);
    }
  }

  /** How a command ended that did not do what it was asked to. */
  void logHeadline(String line) {
    if (!json) {
      screen.err().println(screen.styled(Style.BAD, line));
    }
  }

  /** A terminal would break a line that is too long within a word; elsewhere it stays one line. */
  private List<String> fit(String line) {
    if (!screen.interactive() || line.length() < screen.width()) {
      return List.of(Printable.of(line));
    }
    String text = line.stripLeading();
    String indent = line.substring(0, line.length() - text.length());
    if (text.startsWith(ITEM)) {
      return Paragraph.wrap(
          text.substring(ITEM.length()), indent + ITEM, indent + "  ", screen.width() - 1);
    }
    return Paragraph.wrap(text, indent, indent, screen.width() - 1);
  }

  /**
   * Something the user should know, though the command goes on. It is shown with the result, or
   * below the reason why there is none, so that it stands above nothing that matters more.
   */
  public synchronized void warn(String text) {
    notes.add(text);
  }

  /** Shows the notes that nobody has seen yet. */
  synchronized void showNotes() {
    while (shownNotes < notes.size()) {
      String text = notes.get(shownNotes++);
      if (!json) {
        List<String> lines = Paragraph.wrap(text, "Note: ", "      ", screen.width());
        String rest = Printable.of(lines.get(0).substring("Note:".length()));
        screen.err().println(screen.styled(Style.WARNING, "Note:") + rest);
        lines.subList(1, lines.size()).forEach(this::log);
      }
    }
  }

  synchronized List<String> notes() {
    return List.copyOf(notes);
  }
}
