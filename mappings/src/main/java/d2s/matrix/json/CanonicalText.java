package d2s.matrix.json;

/**
 * Tells quickly whether a JSON text is in the {@link CanonicalJson canonical form} already, as
 * events nearly always are: their servers have signed them so.
 *
 * <p>It may miss that a text is canonical, never the other way round: what is rare (escapes, names
 * that are not ASCII, numbers that are no integers or are long, deep nesting) is left to those who
 * write the form.
 */
final class CanonicalText {

  /** Much deeper than events are, and not too deep for recursion. */
  private static final int DEEPEST = 50;

  /** All digits that a member of an event has in practice. */
  private static final int LONGEST_INTEGER = 20;

  private static final int NO = -1;

  private final char[] text;

  private CanonicalText(String json) {
    this.text = json.toCharArray();
  }

  static boolean isCanonical(String json) {
    CanonicalText scan = new CanonicalText(json);
    return scan.value(0, 0) == json.length();
  }

  /** Where the value that starts here ends; {@link #NO} if it is not canonical, or rare. */
  private int value(int start, int level) {
    return switch (at(start)) {
      case '"' -> string(start);
      case '{' -> level < DEEPEST ? object(start, level + 1) : NO;
      case '[' -> level < DEEPEST ? array(start, level + 1) : NO;
      case 't' -> literal(start, "true");
      case 'f' -> literal(start, "false");
      case 'n' -> literal(start, "null");
      default -> integer(start);
    };
  }

  /** The character at a position; U+0000, which is nowhere in JSON, behind the end. */
  private char at(int position) {
    return position >= 0 && position < text.length ? text[position] : 0;
  }

  private int string(int start) {
    for (int i = start + 1; i < text.length; i++) {
      char c = text[i];
      if (c == '"') {
        return i + 1;
      }
      if (c < ' ' || c == '\\') {
        return NO;
      }
    }
    return NO;
  }

  private int object(int start, int level) {
    if (at(start + 1) == '}') {
      return start + 2;
    }
    int before = NO;
    int position = start;
    do {
      int name = position + 1;
      int end = at(name) == '"' ? string(name) : NO;
      if (end == NO || !isAscii(name, end) || before != NO && !isLess(before, name)) {
        return NO;
      }
      before = name;
      position = at(end) == ':' ? value(end + 1, level) : NO;
    } while (at(position) == ',');
    return at(position) == '}' ? position + 1 : NO;
  }

  private int array(int start, int level) {
    if (at(start + 1) == ']') {
      return start + 2;
    }
    int position = start;
    do {
      position = value(position + 1, level);
    } while (at(position) == ',');
    return at(position) == ']' ? position + 1 : NO;
  }

  private boolean isAscii(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] > 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** Whether one name, given by where its opening quotation mark is, comes before another one. */
  private boolean isLess(int one, int other) {
    int i = 1;
    while (text[one + i] == text[other + i]) {
      if (text[one + i] == '"') {
        return false;
      }
      i++;
    }
    // The shorter one ends with a quotation mark, before which only a space and "!" would sort.
    return text[one + i] == '"' || text[other + i] != '"' && text[one + i] < text[other + i];
  }

  private int literal(int start, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at(start + i) != word.charAt(i)) {
        return NO;
      }
    }
    return start + word.length();
  }

  private int integer(int start) {
    int first = at(start) == '-' ? start + 1 : start;
    int end = first;
    while (at(end) >= '0' && at(end) <= '9') {
      end++;
    }
    boolean zero = at(first) == '0';
    if (end == first
        || end - first > LONGEST_INTEGER
        || zero && (end > first + 1 || first > start)) {
      return NO;
    }
    // A fraction or an exponent would follow; whoever called looks for what must follow.
    return end;
  }
}
