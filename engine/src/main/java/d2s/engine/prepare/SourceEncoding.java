package d2s.engine.prepare;

import d2s.engine.result.CheckResult;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.SqlIdentifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the source gives its texts as this program reads and orders them.
 *
 * <p>PostgreSQL turns every other encoding into UTF-8 when it sends a text, but not the order in
 * which it sorts: the collation C orders bytes. Only of LATIN1 that is the order of UTF-8 too. In
 * SQL_ASCII it takes any bytes, but ends every query that would send others than UTF-8.
 */
final class SourceEncoding {

  private static final String ID = "source-encoding";

  private static final String ENCODING =
      "select pg_encoding_to_char(encoding) from pg_database where datname = current_database()";

  private static final Set<String> IN_ORDER = Set.of("UTF8", "LATIN1");

  private static final String TEXTS =
      """
      select c.relname, a.attname
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and a.atttypid in ('text'::regtype, 'varchar'::regtype)
      order by c.relname, a.attnum
      """;

  /** Bytes above 127 come as pairs, threes and fours (RFC 3629, 4). */
  private static final String UTF8 =
      "'^([\\x01-\\x7f]|[\\xc2-\\xdf][\\x80-\\xbf]|\\xe0[\\xa0-\\xbf][\\x80-\\xbf]"
          + "|[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}|\\xed[\\x80-\\x9f][\\x80-\\xbf]"
          + "|\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}|[\\xf1-\\xf3][\\x80-\\xbf]{3}"
          + "|\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2})*$'";

  private SourceEncoding() {}

  /** Asks every text, but only where the encoding does not say it already. */
  static CheckResult check(Connection source) throws SQLException {
    String encoding = RowReader.scalar(source, ENCODING).toString();
    if (IN_ORDER.contains(encoding)) {
      return CheckResult.ok(ID, "Every text of the source can be read.");
    }
    return encoding.equals("SQL_ASCII") ? anyBytes(source) : otherOrder(source, encoding);
  }

  private static CheckResult otherOrder(Connection source, String encoding) throws SQLException {
    String name = RowReader.scalar(source, "select current_database()").toString();
    return CheckResult.error(
        ID,
        "The source database has the encoding " + encoding + ".",
        List.of(),
        "It keeps texts in another order than a database in UTF8, so that rows that belong together"
            + " would not meet.",
        "Make a copy in UTF8, and give that as the source; PostgreSQL converts the texts: createdb"
            + " --template=template0 --encoding=UTF8 --locale=C "
            + name
            + "_utf8, then pg_dump "
            + name
            + " | psql --set ON_ERROR_STOP=1 "
            + name
            + "_utf8.");
  }

  private static CheckResult anyBytes(Connection source) throws SQLException {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, List<String>> table : texts(source).entrySet()) {
      look(source, table.getKey(), table.getValue(), found);
    }
    return found.isEmpty()
        ? CheckResult.ok(ID, "Every text of the source can be read.")
        : CheckResult.error(
            ID,
            "The source database has the encoding SQL_ASCII, and texts that are not in UTF-8.",
            found,
            "PostgreSQL gives them to nobody who reads UTF-8, so that they would end the run.",
            "Correct them in a copy of the database. If they are in Latin-1, for each of these columns"
                + " with: update TABLE set COLUMN = convert_from(convert(convert_to(COLUMN,"
                + " 'SQL_ASCII'), 'LATIN1', 'UTF8'), 'SQL_ASCII') where COLUMN !~ "
                + UTF8);
  }

  private static Map<String, List<String>> texts(Connection source) throws SQLException {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    try (Statement statement = source.createStatement();
        ResultSet rows = statement.executeQuery(TEXTS)) {
      while (rows.next()) {
        texts.computeIfAbsent(rows.getString(1), table -> new ArrayList<>()).add(rows.getString(2));
      }
    }
    return texts;
  }

  private static void look(
      Connection source, String table, List<String> columns, List<String> found)
      throws SQLException {
    List<String> counts =
        columns.stream()
            .map(SqlIdentifier::quote)
            .map(name -> "count(*) filter (where " + name + " !~ " + UTF8 + ")")
            .toList();
    try (Statement statement = source.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select " + String.join(", ", counts) + " from " + SqlIdentifier.quote(table))) {
      row.next();
      for (int i = 0; i < columns.size(); i++) {
        if (row.getLong(i + 1) > 0) {
          found.add(table + "." + columns.get(i) + " (rows: " + row.getLong(i + 1) + ")");
        }
      }
    }
  }
}
