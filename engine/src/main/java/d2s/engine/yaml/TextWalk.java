package d2s.engine.yaml;

/**
 * Walks through a text as YAML understood it and through the file that it stands in, side by side.
 *
 * <p>Between the two, white space can differ (folded lines, indentation), a quote in single quotes
 * is written twice, and double quotes have escapes. Everything else is the same.
 */
final class TextWalk {

  private final Position start;
  private final String text;
  private final String file;
  private int at;

  TextWalk(Position start, String text) {
    this.start = start;
    this.text = text;
    this.file = start.source().text();
    this.at = Math.min(start.source().offset(start.line()) + start.column() - 1, file.length());
  }

  Position to(int index) {
    for (int i = 0; i < index && at < file.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        skipWhiteSpace();
      } else {
        skipWhiteSpace();
        at += written();
      }
    }
    if (index < text.length() && !Character.isWhitespace(text.charAt(index))) {
      skipWhiteSpace();
    }
    return position();
  }

  /** How many characters of the file stand for the next character of the text. */
  private int written() {
    if (start.quote() == '\'' && file.startsWith("''", at)) {
      return 2;
    }
    return start.quote() == '"' && file.charAt(at) == '\\' ? escape() : 1;
  }

  private int escape() {
    char kind = at + 1 < file.length() ? file.charAt(at + 1) : ' ';
    return switch (kind) {
      case 'x' -> 4;
      case 'u' -> 6;
      case 'U' -> 10;
      default -> 2;
    };
  }

  private void skipWhiteSpace() {
    while (at < file.length()) {
      if (Character.isWhitespace(file.charAt(at))) {
        at++;
      } else if (start.quote() == '"' && isEscapedWhiteSpace()) {
        at += 2;
      } else {
        return;
      }
    }
  }

  /** Whether an escape stands here that means a tab, a line break or the end of a line. */
  private boolean isEscapedWhiteSpace() {
    return file.charAt(at) == '\\'
        && at + 1 < file.length()
        && "ntr \t\r\n".indexOf(file.charAt(at + 1)) >= 0;
  }

  private Position position() {
    int line = start.line();
    while (start.source().offset(line + 1) <= at && start.source().offset(line + 1) > 0) {
      line++;
    }
    return new Position(start.source(), line, at - start.source().offset(line) + 1, start.quote());
  }
}
