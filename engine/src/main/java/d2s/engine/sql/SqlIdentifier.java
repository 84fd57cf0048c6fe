package d2s.engine.sql;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes names of tables, columns and so on into SQL. */
public final class SqlIdentifier {

  private SqlIdentifier() {}

  /** The name in double quotes: right whatever it is, a reserved word too. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The names in double quotes, with commas between them. */
  public static String quoteAll(Collection<String> names) {
    return names.stream().map(SqlIdentifier::quote).collect(Collectors.joining(", "));
  }
}
