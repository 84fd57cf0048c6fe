package d2s.engine.yaml;

/**
 * Something in a mapping file that its author has to change.
 *
 * @param at where it stands
 * @param message what is wrong and, where that is known, what would be right
 */
public record Problem(Position at, String message) {

  /** The problem with the quoted line and a caret below the place, for a terminal. */
  @Override
  public String toString() {
    String number = Integer.toString(at.line());
    String margin = " ".repeat(number.length());
    String line = at.source().line(at.line());
    return at
        + ": "
        + message
        + "\n  "
        + number
        + " | "
        + line
        + "\n  "
        + margin
        + " | "
        + " ".repeat(Math.max(0, at.column() - 1))
        + "^";
  }
}
