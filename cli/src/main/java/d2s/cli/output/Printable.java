package d2s.cli.output;

/**
 * Makes text fit for a terminal. Names come from users: with control characters in them they could
 * move the cursor, colour the screen, or pretend to be a line of this program; with characters that
 * turn the direction of writing they would read as something else.
 */
public final class Printable {

  private Printable() {}

  /** The text with every such character written as its number, e.g. {@code \u001b}. */
  public static String of(String text) {
    StringBuilder printable = null;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int length = Character.charCount(character);
      if (isHidden(character)) {
        if (printable == null) {
          printable = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        printable.append(
            character > 0xffff
                ? String.format("\\u{%x}", character)
                : String.format("\\u%04x", character));
      } else if (printable != null) {
        printable.appendCodePoint(character);
      }
      i += length;
    }
    return printable == null ? text : printable.toString();
  }

  private static boolean isHidden(int character) {
    // U+FFFE and the like are no characters, and no XML can hold them.
    if ((character & 0xfffe) == 0xfffe) {
      return true;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
