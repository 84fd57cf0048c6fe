package d2s.matrix.verification;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which columns of Synapse stand together in an index, and so can be too long for it. */
public final class IndexedColumns {

  /**
   * Bytes that an entry of a B-tree can have for its values: a third of a page, less what
   * PostgreSQL writes beside them.
   */
  public static final int LIMIT = 2_600;

  private static final String QUERY =
      """
      select t.oid::regclass::text, x.indexrelid, a.attname
      from pg_class t
      join pg_index x on x.indrelid = t.oid
      join pg_class i on i.oid = x.indexrelid and i.relam = (select oid from pg_am where amname = 'btree')
      join pg_attribute a on a.attrelid = t.oid and a.attnum = any (x.indkey::int2[])
      where t.relnamespace = 'public'::regnamespace and a.attlen = -1
      """;

  /** The columns by index, and the indexes by table. */
  private final Map<String, Map<Long, Set<String>>> tables = new LinkedHashMap<>();

  public IndexedColumns(Connection synapse) throws SQLException {
    try (Statement statement = synapse.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        tables
            .computeIfAbsent(rows.getString(1), table -> new LinkedHashMap<>())
            .computeIfAbsent(rows.getLong(2), index -> new TreeSet<>())
            .add(rows.getString(3));
      }
    }
  }

  /**
   * Whether an index of a table cannot hold a row, as far as its values are known.
   *
   * @param sizes the bytes of values by column
   * @param others the bytes of all other columns together
   */
  boolean cannotHold(String table, Map<String, Integer> sizes, int others) {
    Collection<Set<String>> indexes = tables.getOrDefault(table, Map.of()).values();
    for (Set<String> columns : indexes) {
      int bytes = sizes.keySet().containsAll(columns) ? 0 : others;
      for (String column : columns) {
        bytes += sizes.getOrDefault(column, 0);
      }
      if (bytes > LIMIT) {
        return true;
      }
    }
    return false;
  }
}
