package d2s.engine.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
              + "|pg_(?:reload|rotate|switch|promote|create|drop|copy|wal_replay)_?\\w*"
              + "|pg_(?:replication|logical|stat_reset|backup|export|import|log)_?\\w*"
              + "|pg_(?:try_)?advisory\\w*|pg_sleep\\w*|pg_file_\\w+|lo_\\w+|dblink\\w*)\"?\\s*\\(",
          Pattern.CASE_INSENSITIVE);

  /** Functions that look at files of the server, or execute a text as SQL. */
  private static final Pattern REACHING =
      Pattern.compile(
          "\\b(pg_read_\\w+|pg_ls_\\w+|pg_stat_file|query_to_xml\\w*|cursor_to_xml\\w*)\"?\\s*\\(",
          Pattern.CASE_INSENSITIVE);

  /** A query in a text of its own, which is how one asks for a table that may not be there. */
  private static final Pattern CONSTANT = Pattern.compile("\\s*'((?:[^']|'')*)'\\s*,");

  /** As many texts as {@link SqlText} keeps; each is asked about once per pair of schemas. */
  private static final int KEPT = 4_096;

  private static final Map<String, Optional<Fault>> QUERIES = new ConcurrentHashMap<>();

  private SqlStatement() {}

  /**
   * What is wrong.
   *
   * @param index of the character in the text
   */
  public record Fault(int index, String message) {}

  /** Why a text is no query that only reads; empty if it is one as far as its text tells. */
  public static Optional<Fault> ofQuery(String sql) {
    if (QUERIES.size() >= KEPT) {
      QUERIES.clear();
    }
    Optional<Fault> known = QUERIES.get(sql);
    if (known == null) {
      known = lookAtQuery(sql);
      QUERIES.put(sql, known);
    }
    return known;
  }

  private static Optional<Fault> lookAtQuery(String sql) {
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
    return ofFunctions(sql);
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
    return ofFunctions(sql);
  }

  private static Optional<Fault> ofFunctions(String sql) {
    String names = SqlText.of(sql).names();
    Matcher reaching = REACHING.matcher(names);
    while (reaching.find()) {
      Matcher constant = CONSTANT.matcher(sql).region(reaching.end(), sql.length());
      if (reaching.group(1).startsWith("query")
          && constant.lookingAt()
          && ofQuery(constant.group(1).replace("''", "'")).isEmpty()) {
        continue;
      }
      return Optional.of(
          new Fault(
              reaching.start(),
              "the function "
                  + reaching.group(1)
                  + " reaches beyond the tables; SQL of mapping files reads tables and computes"));
    }
    Matcher changing = CHANGING.matcher(names);
    return changing.find()
        ? Optional.of(
            new Fault(
                changing.start(),
                "the function "
                    + changing.group(1)
                    + " changes something; SQL of mapping files only computes"))
        : Optional.empty();
  }
}
