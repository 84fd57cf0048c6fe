package d2s.cli.output;

import java.io.PrintWriter;

/**
 * Where a command prints. Results go to {@code out}, everything else to {@code err}, so that a
 * result can be piped.
 *
 * @param interactive whether {@code err} is a terminal whose last line can be redrawn
 * @param width of the terminal, in characters
 * @param colours whether text may have some
 */
public record Terminal(
    PrintWriter out, PrintWriter err, boolean interactive, int width, boolean colours) {

  private static final int USUAL_WIDTH = 100;

  /** A terminal without colours. */
  public Terminal(PrintWriter out, PrintWriter err, boolean interactive, int width) {
    this(out, err, interactive, width, false);
  }

  /**
   * The screen of this process. The launcher asks the shell whether there is a terminal, and how
   * wide it is, because Java cannot tell for one stream alone.
   */
  public static Terminal ofThisProcess() {
    return new Terminal(
        new PrintWriter(System.out, true),
        new PrintWriter(System.err, true),
        Boolean.getBoolean("d2s.terminal"),
        Integer.getInteger("d2s.width", USUAL_WIDTH),
        Boolean.getBoolean("d2s.colours"));
  }

  /** Text that may come from anywhere, fit for this terminal, in a style. */
  public String styled(Style style, String text) {
    return style.of(Printable.of(text), colours);
  }
}
