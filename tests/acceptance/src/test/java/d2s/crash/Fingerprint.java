package d2s.crash;

import d2s.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a database holds and how it is made: a hash of the rows of each table, the place of each
 * sequence, and every definition.
 */
record Fingerprint(Map<String, String> parts) {

  /** PostgreSQL's SEQ_LOG_VALS. */
  private static final long AHEAD = 32;

  private static final String TABLES =
      """
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1
      """;

  private static final String DEFINITIONS =
      """
      select 'column ' || attrelid::regclass || '.' || attname,
             concat_ws(' ', attnum, format_type(atttypid, atttypmod), attnotnull, attstattarget,
                       pg_get_expr(adbin, adrelid))
      from pg_attribute join pg_class c on c.oid = attrelid
      left join pg_attrdef on adrelid = attrelid and adnum = attnum
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') and attnum > 0
        and not attisdropped
      union all
      select 'index ' || indexrelid::regclass,
             concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid, indisready, indisprimary,
                       indisclustered, indisreplident, pg_get_userbyid(relowner))
      from pg_index join pg_class c on c.oid = indexrelid where relnamespace = 'public'::regnamespace
      union all
      select 'constraint ' || conrelid::regclass || '.' || conname,
             concat_ws(' ', pg_get_constraintdef(oid), convalidated)
      from pg_constraint where connamespace = 'public'::regnamespace
      union all
      select 'trigger ' || tgrelid::regclass || '.' || tgname,
             concat_ws(' ', pg_get_triggerdef(oid), tgenabled)
      from pg_trigger where not tgisinternal
      union all
      select 'relation ' || relname,
             concat_ws(' ', relkind, relpersistence, reloptions::text, relacl::text, relreplident,
                       pg_get_userbyid(relowner))
      from pg_class where relnamespace = 'public'::regnamespace
      union all
      select 'sequence ' || sequencename,
             concat_ws(' ', last_value, start_value, increment_by, cycle, data_type)
      from pg_sequences where schemaname = 'public'
      union all
      select 'function ' || p.oid::regprocedure, md5(prosrc)
      from pg_proc p where pronamespace = 'public'::regnamespace
      union all
      select 'statistics ' || stxname, pg_get_statisticsobjdef(oid) from pg_statistic_ext
      union all
      select 'schema ' || nspname, nspacl::text
      from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'
      """;

  static Fingerprint of(TestDatabase database) throws SQLException {
    Map<String, String> parts = new TreeMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      StringBuilder rows = new StringBuilder();
      for (String table : names(statement)) {
        rows.append(rows.isEmpty() ? "" : " union all ")
            .append("select 'rows of ")
            .append(table)
            .append("', count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 7)), 0)")
            .append(" from public.\"")
            .append(table)
            .append("\" t");
      }
      read(statement, rows.toString(), parts);
      read(statement, DEFINITIONS, parts);
    }
    return new Fingerprint(parts);
  }

  private static List<String> names(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private static void read(Statement statement, String sql, Map<String, String> parts)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        parts.put(row.getString(1), row.getString(2));
      }
    }
  }

  /** The parts that are not the same in both. */
  Set<String> differentParts(Fingerprint other) {
    Set<String> names = new TreeSet<>(parts.keySet());
    names.addAll(other.parts.keySet());
    names.removeIf(name -> Objects.equals(parts.get(name), other.parts.get(name)));
    return names;
  }

  /** For people: where two of them differ. */
  List<String> differences(Fingerprint other) {
    return differentParts(other).stream()
        .map(name -> name + ": " + parts.get(name) + " / " + other.parts.get(name))
        .toList();
  }

  /**
   * The same, with the places of sequences as another one has them, where they are the ones that
   * PostgreSQL may skip when it recovers: it logs 32 numbers ahead.
   */
  Fingerprint withSequencesOf(Fingerprint other) {
    Map<String, String> same = new TreeMap<>(parts);
    same.replaceAll(
        (name, value) -> {
          String expected = other.parts.get(name);
          boolean isPlace = name.startsWith("sequence ") && value != null && expected != null;
          if (!isPlace || !value.matches("\\d+ .*") || !expected.matches("\\d+ .*")) {
            return value;
          }
          long skipped =
              Long.parseLong(value.split(" ")[0]) - Long.parseLong(expected.split(" ")[0]);
          return skipped >= 0 && skipped <= AHEAD ? expected : value;
        });
    return new Fingerprint(same);
  }

  /** The same, with the mere number of rows of some tables. */
  Fingerprint counting(Set<String> names) {
    Map<String, String> fewer = new TreeMap<>(parts);
    names.forEach(name -> fewer.computeIfPresent(name, (any, value) -> value.split(" ")[0]));
    return new Fingerprint(fewer);
  }
}
