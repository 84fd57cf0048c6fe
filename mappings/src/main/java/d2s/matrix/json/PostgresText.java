package d2s.matrix.json;

/** What PostgreSQL cannot hold in a {@code text} column, although JSON can say it. */
public final class PostgresText {

  private PostgresText() {}

  /** The text, or null if it holds U+0000 or half of a surrogate pair. */
  public static String orNull(String text) {
    return text == null || defect(text) == null ? text : null;
  }

  /** What PostgreSQL cannot hold, for a sentence; null if it can hold the text. */
  public static String defect(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return "the character U+0000";
      }
      if (Character.isSurrogate(c)) {
        if (!isPairAt(text, i)) {
          return "half of a surrogate pair";
        }
        i++;
      }
    }
    return null;
  }

  private static boolean isPairAt(String text, int index) {
    return index + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(index), text.charAt(index + 1));
  }

  /**
   * Whether a JSON text escapes half of a surrogate pair. Such a text can be stored, but Synapse
   * fails on it when it reads the event, and with it the whole request.
   *
   * @param json valid JSON that was read from a database, so that what is not escaped is whole
   */
  public static boolean escapesHalfAPair(String json) {
    boolean afterHigh = false;
    int i = json.indexOf('\\');
    int end = -1;
    while (i >= 0) {
      boolean unicode = json.charAt(i + 1) == 'u';
      char c = unicode ? (char) Integer.parseInt(json, i + 2, i + 6, 16) : 0;
      boolean pair = afterHigh && i == end && Character.isLowSurrogate(c);
      if (afterHigh && !pair || Character.isLowSurrogate(c) && !pair) {
        return true;
      }
      afterHigh = Character.isHighSurrogate(c);
      end = i + (unicode ? 6 : 2);
      i = json.indexOf('\\', end);
    }
    return afterHigh;
  }
}
