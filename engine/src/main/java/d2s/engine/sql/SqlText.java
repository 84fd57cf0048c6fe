package d2s.engine.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL with everything blanked that is not code, so that names can be looked for in it. An index is
 * the same character in the first three.
 *
 * @param sql as it was written
 * @param code without the insides of texts, comments and quoted names
 * @param names like {@code code}, with the quoted names
 * @param words those of {@code names}, in lower case
 * @param parameters what stands as {@code :name} in {@code code}, in order
 */
public record SqlText(
    String sql, String code, String names, Set<String> words, List<Parameter> parameters) {

  /**
   * A name with a colon before it.
   *
   * @param start the place of the colon
   * @param end the place after the name
   */
  public record Parameter(String name, int start, int end) {}

  private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([A-Za-z_]\\w*)");

  private static final Pattern DOLLAR_QUOTE = Pattern.compile("\\$([A-Za-z_]\\w*)?\\$");

  /** The texts of mapping files are few, and each is asked for once per table and version. */
  private static final int KEPT = 4_096;

  /**
   * In characters. A query with a list for a fact in it can be far longer, and is asked for once.
   */
  private static final int LONGEST_KEPT = 10_000;

  private static final Map<String, SqlText> KNOWN = new ConcurrentHashMap<>();

  public static SqlText of(String sql) {
    if (sql.length() > LONGEST_KEPT) {
      return read(sql);
    }
    SqlText known = KNOWN.get(sql);
    if (known == null) {
      known = read(sql);
      if (KNOWN.size() >= KEPT) {
        KNOWN.clear();
      }
      KNOWN.put(sql, known);
    }
    return known;
  }

  private static SqlText read(String sql) {
    StringBuilder code = new StringBuilder(sql);
    StringBuilder names = new StringBuilder(sql);
    int at = 0;
    while (at < sql.length()) {
      int end = endOfOther(sql, at);
      if (end > at) {
        blank(code, at, end);
        if (sql.charAt(at) != '"') {
          blank(names, at, end);
        }
        at = end;
      } else {
        at++;
      }
    }
    String onlyCode = code.toString();
    return new SqlText(sql, onlyCode, names.toString(), words(names), parameters(onlyCode));
  }

  private static List<Parameter> parameters(String code) {
    List<Parameter> parameters = new ArrayList<>();
    Matcher matcher = PARAMETER.matcher(code);
    while (matcher.find()) {
      parameters.add(new Parameter(matcher.group(1), matcher.start(), matcher.end()));
    }
    return List.copyOf(parameters);
  }

  /** The words of a text in lower case. */
  public static Set<String> words(CharSequence text) {
    Set<String> words = new HashSet<>();
    int at = 0;
    while (at < text.length()) {
      int begin = at;
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
      if (at > begin) {
        words.add(text.subSequence(begin, at).toString().toLowerCase(Locale.ROOT));
      }
      at++;
    }
    return Set.copyOf(words);
  }

  /** Whether a name is nothing but one word. */
  public static boolean isWord(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isWord(name.charAt(i))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static void blank(StringBuilder text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }

  /** Where the text, comment or quoted name ends that begins here; the same place if none does. */
  private static int endOfOther(String sql, int at) {
    char c = sql.charAt(at);
    if (c == '\'') {
      return endOfQuoted(sql, at, '\'', isEscapeText(sql, at));
    } else if (c == '"') {
      return endOfQuoted(sql, at, '"', false);
    } else if (sql.startsWith("--", at)) {
      int end = sql.indexOf('\n', at);
      return end < 0 ? sql.length() : end;
    } else if (sql.startsWith("/*", at)) {
      return endOfComment(sql, at);
    } else if (c == '$' && (at == 0 || !isWord(sql.charAt(at - 1)))) {
      Matcher quote = DOLLAR_QUOTE.matcher(sql).region(at, sql.length());
      if (quote.lookingAt()) {
        int end = sql.indexOf(quote.group(), quote.end());
        return end < 0 ? sql.length() : end + quote.group().length();
      }
    }
    return at;
  }

  /** Whether the text is one like {@code E'...'}, with backslashes. */
  private static boolean isEscapeText(String sql, int at) {
    return at > 0
        && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E')
        && (at == 1 || !isWord(sql.charAt(at - 2)));
  }

  private static int endOfQuoted(String sql, int at, char quote, boolean escapes) {
    int i = at + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      boolean doubled = c == quote && i + 1 < sql.length() && sql.charAt(i + 1) == quote;
      if (doubled || (escapes && c == '\\')) {
        i += 2;
      } else if (c == quote) {
        return i + 1;
      } else {
        i++;
      }
    }
    return sql.length();
  }

  /** Comments can stand in comments. */
  private static int endOfComment(String sql, int at) {
    int depth = 0;
    int i = at;
    while (i < sql.length()) {
      if (sql.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (sql.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          return i;
        }
      } else {
        i++;
      }
    }
    return sql.length();
  }

  public static boolean isWord(char c) {
    // Nearly all of them are small letters, and all names of tables are looked at for each query.
    return c >= 'a' && c <= 'z' || Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
