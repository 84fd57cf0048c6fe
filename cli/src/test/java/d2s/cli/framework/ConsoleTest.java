package d2s.cli.framework;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.output.Style;
import d2s.cli.output.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private static final String HOSTILE = "@a\u001b[2J\r\n\u202eDone.:x";
  private static final String VISIBLE = "@a\\u001b[2J\\u000d\\u000a\\u202eDone.:x";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Console console(boolean interactive, int width, boolean colours) {
    return new Console(
        new Terminal(new PrintWriter(out), new PrintWriter(err), interactive, width, colours),
        false,
        0);
  }

  @Test
  void noNameReachesATerminalAsItIs() {
    for (boolean interactive : List.of(true, false)) {
      Console console = console(interactive, 40, true);
      console.print(HOSTILE);
      console.print(List.of(HOSTILE));
      console.print(Style.BAD, HOSTILE, HOSTILE);
      console.printParagraph(Style.PLAIN, "The user " + HOSTILE + " is not there");
      console.log(HOSTILE);
      console.warn("The user " + HOSTILE + " is not there");
    }
    String all = out.toString() + err;
    assertThat(all.replaceAll("\u001b\\[[0-9]*m", ""))
        .contains(VISIBLE)
        .doesNotContain("\u001b", "\r", "\u202e");
    assertThat(all.lines()).noneMatch(line -> line.startsWith("Done."));
  }

  @Test
  void textOfSeveralLinesCannotPretendToBeAnother() {
    console(false, 80, false).logText("strict: cannot carry @a\nDone.\n  at: x");

    assertThat(err.toString().lines())
        .containsExactly("strict: cannot carry @a", "  Done.", "  at: x");
  }

  @Test
  void aTerminalGetsNoLineThatItMustBreak() {
    Console console = console(true, 30, false);
    console.print("- some words that are too long for one line of it");
    console.print("- d.test/0123456789012345678901234567890123456789");

    assertThat(out.toString().lines())
        .containsExactly(
            "- some words that are too",
            "  long for one line of it",
            "- d.test/0123456789012345678901234567890123456789");
    console(false, 30, false).log("some words that are too long for one line of it");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void coloursAreForThoseWhoWantThem() {
    console(true, 80, false).print(Style.BAD, "ERROR", " x");
    console(true, 80, true).print(Style.BAD, "ERROR", " x");

    assertThat(out.toString().lines()).containsExactly("ERROR x", "\u001b[31mERROR\u001b[0m x");
  }

  @Test
  void notesWaitForTheResult() {
    Console console = console(true, 80, false);
    console.warn("one");
    console.log("begins");
    assertThat(err).hasToString("begins\n");

    console.print("done");
    console.showNotes();

    assertThat(err).hasToString("begins\nNote: one\n");
  }
}
