package d2s.engine.expression;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an expression, for looking at it without JEXL's parser.
 *
 * @param text as it was written
 * @param code the same with every character of texts, regular expressions and comments blanked, so
 *     that the index of a character is the same in both
 */
record ExpressionText(String text, String code) {

  /** In the order in which JEXL would find them: whatever begins first hides what is inside. */
  private static final Pattern NOT_CODE =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.)*'"
              + "|\"(?:[^\"\\\\]|\\\\.)*\""
              + "|~/(?:[^/\\\\]|\\\\.)*/"
              + "|(?:##|//)[^\\n]*"
              + "|/\\*.*?\\*/",
          Pattern.DOTALL);

  static ExpressionText of(String text) {
    Matcher matcher = NOT_CODE.matcher(text);
    StringBuilder code = new StringBuilder(text);
    while (matcher.find()) {
      // A text is a value, a comment is nothing.
      char blank =
          text.charAt(matcher.start()) == '/' || text.charAt(matcher.start()) == '#' ? ' ' : '0';
      for (int i = matcher.start(); i < matcher.end(); i++) {
        if (code.charAt(i) != '\n') {
          code.setCharAt(i, blank);
        }
      }
    }
    return new ExpressionText(text, code.toString());
  }

  /** The index of the first use of a name as a value; 0 if there is none. */
  int indexOfName(String name) {
    Matcher matcher =
        Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "(?!\\w|:\\w|\\s*\\()").matcher(code);
    return matcher.find() ? matcher.start() : 0;
  }

  /**
   * The index of a place that JEXL tells by line and column, both counted from 1. For a call JEXL
   * tells its parenthesis; the answer is the beginning of the function's name.
   */
  int indexOf(int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        break;
      }
      start = end + 1;
    }
    int index = Math.min(text.length(), start + Math.max(0, column - 1));
    if (index < text.length() && code.charAt(index) == '(') {
      while (index > 0 && isName(code.charAt(index - 1))) {
        index--;
      }
    }
    return index;
  }

  /**
   * The index at which a name begins that is asked of something, of which JEXL tells the end: the
   * parenthesis or whatever follows.
   */
  int startOfAsked(String name, int index) {
    return Math.max(0, code.lastIndexOf(name, index));
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == ':';
  }

  /** How many arguments stand between a parenthesis that opens before this index and its end. */
  int arguments(int open) {
    int depth = 0;
    int commas = 0;
    boolean empty = true;
    for (int i = open; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' && depth == 0) {
        return empty ? 0 : commas + 1;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        commas++;
      }
      empty &= Character.isWhitespace(c);
    }
    return -1;
  }
}
