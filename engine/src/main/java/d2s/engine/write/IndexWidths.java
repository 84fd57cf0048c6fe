package d2s.engine.write;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which columns of the target stand together in a B-tree index. PostgreSQL refuses entries of more
 * than 2,704 bytes when the index is made, and would name neither row nor column.
 */
public final class IndexWidths {

  /** Bytes of values; the rest of an entry is what PostgreSQL needs itself. */
  public static final int LIMIT = 2_600;

  /** Columns of varying length only: the others are small. */
  private static final String QUERY =
      """
      select c.relname,
             array(select a.attname::text
                   from unnest(i.indkey::int2[]) with ordinality k (number, place)
                   join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
                   where a.attlen = -1
                   order by k.place)
      from pg_index i
      join pg_class c on c.oid = i.indrelid
      join pg_class x on x.oid = i.indexrelid
      join pg_am m on m.oid = x.relam
      where m.amname = 'btree' and c.relnamespace = 'public'::regnamespace
      order by c.relname, x.relname
      """;

  private final Map<String, List<List<String>>> indexes;

  private IndexWidths(Map<String, List<List<String>>> indexes) {
    this.indexes = indexes;
  }

  /** Asks a database for its indexes, while all are there. */
  public static IndexWidths of(Connection target) throws SQLException {
    Map<String, List<List<String>>> indexes = new HashMap<>();
    try (Statement statement = target.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        List<String> columns = List.of((String[]) rows.getArray(2).getArray());
        if (!columns.isEmpty()) {
          indexes.computeIfAbsent(rows.getString(1), table -> new ArrayList<>()).add(columns);
        }
      }
    }
    return new IndexWidths(indexes);
  }

  /**
   * The indexes of a table.
   *
   * @param columns those that are written
   * @return for each index, the places of its columns among these
   */
  List<int[]> of(String table, List<String> columns) {
    return indexes.getOrDefault(table, List.of()).stream()
        .map(index -> index.stream().mapToInt(columns::indexOf).filter(at -> at >= 0).toArray())
        .filter(places -> places.length > 0)
        .toList();
  }

  /**
   * Why an index cannot take a row; null if all can.
   *
   * @param indexes as {@link #of} gave them
   * @param sizes of the values in bytes
   */
  static String tooWide(List<int[]> indexes, List<String> columns, int[] sizes) {
    return indexes.stream()
        .map(index -> tooWide(index, columns, sizes))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static String tooWide(int[] index, List<String> columns, int[] sizes) {
    int bytes = Arrays.stream(index).map(place -> Math.max(0, sizes[place])).sum();
    if (bytes <= LIMIT) {
      return null;
    }
    List<String> names = Arrays.stream(index).mapToObj(columns::get).toList();
    return (names.size() == 1 ? "the column " : "the columns ")
        + String.join(" and ", names)
        + (names.size() == 1 ? " is" : " together are")
        + " too long for an index: "
        + bytes
        + " bytes, and at most "
        + LIMIT
        + " fit";
  }
}
