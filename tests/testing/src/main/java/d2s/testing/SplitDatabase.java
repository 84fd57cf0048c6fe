package d2s.testing;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a Dendrite with a database for each component of one that has all in one database. */
public final class SplitDatabase {

  private SplitDatabase() {}

  /**
   * Splits it. Each part keeps its tables and sequences as they are, and of the steps that Dendrite
   * has noted those of its own.
   *
   * @param whole stays as it is; nobody may be connected to it
   * @param components the tables of each component, as {@code prefix_*}
   * @return a database for each component
   */
  public static Map<String, TestDatabase> of(
      TestDatabase whole, Map<String, List<String>> components) throws SQLException {
    Map<String, TestDatabase> parts = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> component : components.entrySet()) {
      TestDatabase part = whole.copy(component.getKey());
      List<String> prefixes =
          component.getValue().stream().map(pattern -> pattern.replace("*", "")).toList();
      List<String> statements = new ArrayList<>();
      for (String relation :
          part.rows(
              "select case relkind when 'r' then 'table ' else 'sequence ' end || relname"
                  + " from pg_class where relnamespace = 'public'::regnamespace"
                  + " and relkind in ('r', 'S') order by relkind desc, relname")) {
        String name = relation.substring(relation.indexOf(' ') + 1);
        if (!name.equals("db_migrations") && prefixes.stream().noneMatch(name::startsWith)) {
          statements.add("drop " + relation.replace(name, "if exists \"" + name + "\" cascade"));
        }
      }
      // The steps of federationsender_* are those of federationapi.
      String own = prefixes.get(0).replaceAll("(sender)?_$", "");
      statements.add("delete from db_migrations where version not like '" + own + "%'");
      part.execute(statements.toArray(String[]::new));
      parts.put(component.getKey(), part);
    }
    return parts;
  }
}
