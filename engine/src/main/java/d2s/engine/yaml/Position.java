package d2s.engine.yaml;

/**
 * A place in a mapping file.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param quote the quote in which the text at this place stands in the file; {@link #NO_QUOTE}
 *     where it stands in none
 */
public record Position(SourceText source, int line, int column, char quote) {

  /** What {@link #quote} is for plain texts and block scalars. */
  public static final char NO_QUOTE = 0;

  public Position(SourceText source, int line, int column) {
    this(source, line, column, NO_QUOTE);
  }

  /**
   * The place of one character of a text that starts here, however YAML has written it: over
   * several lines, folded, in quotes, with escapes.
   *
   * @param text the text as YAML understood it, with or without its outer white space
   * @param index the index of the character in the text; its length gives the place behind it
   */
  public Position inside(String text, int index) {
    return new TextWalk(this, text).to(index);
  }

  /** A message about this place for people: where, what, and the line of the file below. */
  public String message(String text) {
    return this + ": " + text + "\n  " + source.line(line).strip();
  }

  @Override
  public String toString() {
    return source.name() + ":" + line + ":" + column;
  }
}
