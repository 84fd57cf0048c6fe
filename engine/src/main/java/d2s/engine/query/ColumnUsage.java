package d2s.engine.query;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which columns of a database the SQL of mapping files mentions.
 *
 * <p>SQL is not parsed: {@code alias.column} counts for the tables that have this alias anywhere in
 * the same text, a column without alias for every table in the text that has such a column, and
 * {@code alias.*} for none. Write aliases, and the answer is exact.
 */
public final class ColumnUsage {

  private static final Pattern WORD =
      Pattern.compile("(?:([A-Za-z_]\\w*)\\s*\\.\\s*)?([A-Za-z_]\\w*)");
  private static final Set<String> NO_ALIAS =
      Set.of(
          "on", "using", "where", "join", "left", "right", "full", "inner", "cross", "group",
          "order", "limit", "union", "set", "for", "natural", "lateral", "window", "having");

  private final Catalog catalog;
  private final List<String> tableNames;
  private final Map<String, Set<String>> used = new HashMap<>();

  public ColumnUsage(Catalog catalog) {
    this.catalog = catalog;
    this.tableNames = catalog.tableNames();
  }

  public void add(String table, String column) {
    used.computeIfAbsent(table, name -> new HashSet<>()).add(column);
  }

  public boolean has(String table, String column) {
    return used.getOrDefault(table, Set.of()).contains(column);
  }

  public boolean has(String table) {
    return used.containsKey(table);
  }

  /** Adds what a query mentions. */
  public void addSql(String sql) {
    // A column in quotes is a column too.
    String text = SqlText.of(sql).names();
    List<Table> tables = new ArrayList<>();
    Map<String, List<Table>> aliases = new HashMap<>();
    for (String named : Queries.mentioned(List.of(sql), tableNames)) {
      Table table = catalog.table(named).orElseThrow();
      tables.add(table);
      used.computeIfAbsent(named, name -> new HashSet<>());
      aliases.computeIfAbsent(named, name -> new ArrayList<>()).add(table);
      Matcher alias =
          Pattern.compile("\\b" + named + "\\s+(?:as\\s+)?([A-Za-z_]\\w*)").matcher(text);
      while (alias.find()) {
        if (!NO_ALIAS.contains(alias.group(1).toLowerCase(Locale.ROOT))) {
          aliases.computeIfAbsent(alias.group(1), name -> new ArrayList<>()).add(table);
        }
      }
    }
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String qualifier = word.group(1);
      String column = word.group(2);
      List<Table> candidates = qualifier == null ? tables : aliases.get(qualifier);
      if (candidates != null) {
        for (Table table : candidates) {
          if (table.column(column).isPresent()) {
            add(table.name(), column);
          }
        }
      }
    }
  }
}
