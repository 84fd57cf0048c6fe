package d2s.generator.event;

/** Texts as they stand in JSON. */
public final class Json {
  private Json() {}

  /** In double quotes; only what JSON demands is escaped, as canonical JSON has it. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** As Dendrite stores what its own users sent: characters of HTML are escaped. */
  static String forHtml(String canonical) {
    StringBuilder out = null;
    for (int i = 0; i < canonical.length(); i++) {
      char c = canonical.charAt(i);
      boolean escaped = c == '<' || c == '>' || c == '&';
      if (escaped && out == null) {
        out = new StringBuilder(canonical.length() + 64).append(canonical, 0, i);
      }
      if (out != null) {
        if (escaped) {
          out.append("\\u00").append(Integer.toHexString(c));
        } else {
          out.append(c);
        }
      }
    }
    return out == null ? canonical : out.toString();
  }
}
