package d2s.engine.sql;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a piece of SQL may be, by looking at its text alone. */
public final class SqlStatement {

  private static final Pattern BEGINNING = Pattern.compile("[\\s(]*([A-Za-z]+)");

  /** Words that begin something that writes, wherever in a query they stand. */
  private static final Pattern WRITING =
      Pattern.compile(
          "\\b(insert\\s+into|delete\\s+from|merge\\s+into|update\\s+[\\w.\"]+(\\s+\\w+)?\\s+set"
              + "|truncate|into|for\\s+(no\\s+key\\s+)?update|for\\s+(key\\s+)?share)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Functions of PostgreSQL that change something outside of their answer. */
  private static final Pattern CHANGING =
      Pattern.compile(
          "\\b(nextval|setval|set_config|pg_notify|pg_terminate_backend|pg_cancel_backend"
              + "|pg_reload_conf|pg_(?:try_)?advisory\\w*|lo_\\w+|dblink\\w*)\\s*\\(",
          Pattern.CASE_INSENSITIVE);

  private SqlStatement() {}

  /**
   * What is wrong.
   *
   * @param index of the character in the text
   */
  public record Fault(int index, String message) {}

  /** Why a text is no query that only reads; empty if it is one as far as its text tells. */
  public static Optional<Fault> ofQuery(String sql) {
    String code = SqlText.of(sql).code();
    Optional<Fault> fault = ofPart(sql);
    if (fault.isPresent()) {
      return fault;
    }
    Matcher beginning = BEGINNING.matcher(code);
    if (beginning.lookingAt()) {
      String word = beginning.group(1).toLowerCase(Locale.ROOT);
      if (!word.matches("select|with|values|table")) {
        return Optional.of(
            new Fault(
                beginning.start(1),
                "a query is wanted here, which only reads; it begins with select, with or values,"
                    + " not with "
                    + word));
      }
    }
    Matcher writing = WRITING.matcher(code);
    if (writing.find()) {
      return Optional.of(
          new Fault(
              writing.start(),
              "a query is wanted here, which only reads; "
                  + writing.group(1).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ")
                  + " does not belong in it"));
    }
    return ofFunctions(code);
  }

  /** Why a text cannot be a part of a statement: a condition, an expression, a list of tables. */
  public static Optional<Fault> ofPart(String sql) {
    String code = SqlText.of(sql).code();
    int semicolon = code.indexOf(';');
    if (semicolon >= 0) {
      boolean last = code.substring(semicolon + 1).isBlank();
      return Optional.of(
          new Fault(
              semicolon,
              last
                  ? "leave out the semicolon at the end"
                  : "one statement is wanted here; what stands behind the semicolon would be a second"
                      + " one"));
    }
    int depth = 0;
    for (int i = 0; i < code.length(); i++) {
      depth += code.charAt(i) == '(' ? 1 : code.charAt(i) == ')' ? -1 : 0;
      if (depth < 0) {
        return Optional.of(new Fault(i, "this closing parenthesis closes nothing"));
      }
    }
    return ofFunctions(code);
  }

  private static Optional<Fault> ofFunctions(String code) {
    Matcher changing = CHANGING.matcher(code);
    return changing.find()
        ? Optional.of(
            new Fault(
                changing.start(),
                "the function "
                    + changing.group(1)
                    + " changes something; SQL of mapping files only computes"))
        : Optional.empty();
  }

  /** Whether a query says at its end, outside of all parentheses, in which order its rows come. */
  public static boolean isOrdered(String sql) {
    String code = SqlText.of(sql).code();
    StringBuilder outside = new StringBuilder();
    int depth = 0;
    for (char c : code.toCharArray()) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        outside.append(c);
      }
    }
    return Pattern.compile("\\border\\s+by\\b", Pattern.CASE_INSENSITIVE).matcher(outside).find();
  }
}
