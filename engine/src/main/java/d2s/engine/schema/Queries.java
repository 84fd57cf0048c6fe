package d2s.engine.schema;

import d2s.engine.spec.Relation;
import d2s.engine.spec.Side;
import d2s.engine.spec.View;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The SQL of mapping files made complete: views put in front as common table expressions, facts in
 * place of {@code :name}.
 *
 * @param facts values by name; a fact that is not there yet is written as NULL, which is enough to
 *     describe a query
 */
public record Queries(List<View> views, Collection<String> factNames, Map<String, Object> facts) {

  private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([A-Za-z_]\\w*)");

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
    String expressions = "";
    String mentioned = sql;
    // A view can use those above it, so the last ones are looked for first.
    for (int i = views.size() - 1; i >= 0; i--) {
      View view = views.get(i);
      if (view.side() == side && mentions(mentioned, view.name().value())) {
        String expression = view.name() + " as (" + view.sql().value().strip() + ")";
        expressions = expressions.isEmpty() ? expression : expression + ",\n" + expressions;
        mentioned = mentioned + " " + view.sql().value();
      }
    }
    String complete = sql.strip();
    if (!expressions.isEmpty()) {
      boolean own = complete.regionMatches(true, 0, "with ", 0, 5);
      complete = "with " + expressions + (own ? ",\n" + complete.substring(5) : "\n" + complete);
    }
    return withFacts(complete);
  }

  /** An SQL expression with the facts in place of {@code :name}. */
  public String withFacts(String sql) {
    Matcher matcher = PARAMETER.matcher(sql);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      if (factNames.contains(name)) {
        matcher.appendReplacement(result, Matcher.quoteReplacement(literal(facts.get(name))));
      }
    }
    return matcher.appendTail(result).toString();
  }

  /** Whether an SQL text contains a name as a word of its own. */
  public static boolean mentions(String sql, String name) {
    int from = 0;
    while (true) {
      int at = sql.indexOf(name, from);
      if (at < 0) {
        return false;
      }
      int end = at + name.length();
      boolean starts = at == 0 || !isWord(sql.charAt(at - 1));
      boolean ends = end == sql.length() || !isWord(sql.charAt(end));
      if (starts && ends) {
        return true;
      }
      from = end;
    }
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static String literal(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    return "'" + value.toString().replace("'", "''") + "'";
  }
}
