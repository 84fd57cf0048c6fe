package d2s.engine.query;

import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.View;
import d2s.engine.schema.ColumnType;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.sql.SqlText;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The SQL of mapping files made complete: views put in front as common table expressions, facts in
 * place of {@code :name}.
 *
 * @param facts values by name; a fact that is not there yet is written as NULL, and one that is a
 *     {@link ColumnType} as a NULL of this type, which is enough to describe a query
 */
public record Queries(List<View> views, Collection<String> factNames, Map<String, Object> facts) {

  /** The beginning of a query that has common table expressions of its own. */
  private static final Pattern WITH =
      Pattern.compile("\\s*with\\s+(recursive\\s+)?", Pattern.CASE_INSENSITIVE);

  /** The query of a relation, with these columns if it is a table. */
  public String of(Relation relation, Collection<String> columns) {
    if (relation.table() == null) {
      return of(relation.sql().value(), relation.side());
    }
    String list =
        columns.isEmpty()
            ? "1"
            : columns.stream().map(SqlIdentifier::quote).collect(Collectors.joining(", "));
    String sql = "select " + list + " from " + SqlIdentifier.quote(relation.table().value());
    return of(
        relation.where() == null ? sql : sql + " where " + relation.where().value(),
        relation.side());
  }

  /** A query of a mapping file with its views and facts. */
  public String of(String sql, Side side) {
    return withFacts(withViews(sql, side));
  }

  private String withViews(String sql, Side side) {
    String expressions =
        Views.usedBy(List.of(sql), side, views).stream()
            // The line break ends a comment that the view may end with.
            .map(view -> view.name() + " as (" + view.sql().value().strip() + "\n)")
            .collect(Collectors.joining(",\n"));
    if (expressions.isEmpty()) {
      return sql.strip();
    }
    Matcher own = WITH.matcher(SqlText.of(sql).code());
    if (!own.lookingAt()) {
      return "with " + expressions + "\n" + sql.strip();
    }
    String recursive = own.group(1) == null ? "" : "recursive ";
    return "with " + recursive + expressions + ",\n" + sql.substring(own.end()).strip();
  }

  /** An SQL expression with the facts in place of {@code :name}. */
  public String withFacts(String sql) {
    StringBuilder result = new StringBuilder();
    int done = 0;
    for (SqlText.Parameter one : SqlText.of(sql).parameters()) {
      if (factNames.contains(one.name())) {
        result.append(sql, done, one.start()).append(literal(one.name(), facts.get(one.name())));
        done = one.end();
      }
    }
    return result.append(sql.substring(done)).toString();
  }

  /**
   * The place in a text of a character of what {@link #withFacts} makes of it.
   *
   * @param index counted from 0
   */
  int placeBeforeFacts(String sql, int index) {
    int shift = 0;
    for (SqlText.Parameter one : SqlText.of(sql).parameters()) {
      if (factNames.contains(one.name())) {
        int begin = one.start() + shift;
        int length = literal(one.name(), facts.get(one.name())).length();
        if (index < begin) {
          break;
        } else if (index < begin + length) {
          return one.start();
        }
        shift += length - (one.end() - one.start());
      }
    }
    return index - shift;
  }

  /** Where a query's own common table expressions end their {@code with}; 0 if it has none. */
  static int endOfWith(String sql) {
    Matcher own = WITH.matcher(SqlText.of(sql).code());
    return own.lookingAt() ? own.end() : 0;
  }

  /**
   * The names that stand as {@code :name} in a query or in the views that it uses, whether there is
   * such a fact or not.
   */
  public Set<String> parameters(String sql, Side side) {
    Set<String> names = new TreeSet<>();
    SqlText.of(withViews(sql, side)).parameters().forEach(one -> names.add(one.name()));
    return names;
  }

  /**
   * Whether an SQL text contains a name as a word of its own, outside of texts and comments. Upper
   * and lower case are the same, as they are in SQL.
   */
  public static boolean mentions(String sql, String name) {
    SqlText text = SqlText.of(sql);
    String wanted = name.toLowerCase(Locale.ROOT);
    if (SqlText.isWord(wanted)) {
      return text.words().contains(wanted);
    }
    String names = text.names().toLowerCase(Locale.ROOT);
    for (int at = names.indexOf(wanted); at >= 0; at = names.indexOf(wanted, at + 1)) {
      int end = at + wanted.length();
      boolean starts = at == 0 || !SqlText.isWord(names.charAt(at - 1));
      boolean ends = end == names.length() || !SqlText.isWord(names.charAt(end));
      if (starts && ends) {
        return true;
      }
    }
    return false;
  }

  /** Those of several names that stand in one of several SQL texts, as in {@link #mentions}. */
  public static List<String> mentioned(Collection<String> texts, Collection<String> names) {
    Set<String> words = new HashSet<>();
    texts.forEach(text -> words.addAll(SqlText.of(text).words()));
    return names.stream()
        .filter(
            name ->
                SqlText.isWord(name)
                    ? words.contains(name.toLowerCase(Locale.ROOT))
                    : texts.stream().anyMatch(text -> mentions(text, name)))
        .toList();
  }

  private static String literal(String name, Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Number || value instanceof Boolean) {
      // Two minus signs in a row would begin a comment.
      String text = value.toString();
      return text.startsWith("-") ? "(" + text + ")" : text;
    }
    if (value instanceof ColumnType type) {
      return "null::" + type.sql();
    }
    if (value instanceof String text) {
      return "'" + text.replace("'", "''") + "'";
    }
    throw new IllegalStateException(
        "the fact " + name + " is no text, number or boolean; SQL cannot take it as :" + name);
  }
}
