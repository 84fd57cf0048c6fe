package d2s.cli.output;

/** What a piece of text means; on a terminal that has colours, one of them. */
public enum Style {
  PLAIN(""),
  GOOD("32"),
  WARNING("33"),
  BAD("31"),
  HEADING("1");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  /** The text in this style. */
  String of(String text, boolean colours) {
    return !colours || code.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
