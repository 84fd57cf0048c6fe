package d2s.engine.schema;

import d2s.engine.schema.Column.Generation;
import d2s.engine.schema.Sequence.Owner;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the catalog of a live PostgreSQL database, in six queries of its system catalogs.
 *
 * <p>Only the schema {@code public} is read, and nothing in it that belongs to an extension. Every
 * user may do this; no privilege on the tables is needed. The schema should be on the search path
 * of the connection, as it is unless somebody changed that: PostgreSQL writes it into default
 * expressions otherwise.
 */
public final class CatalogReader {

  /** Relation {@code c} is in the schema public and not part of an extension. */
  private static final String OURS =
      """
      c.relnamespace = 'public'::regnamespace
      AND NOT EXISTS (
        SELECT FROM pg_depend e
        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
      """;

  /** The names of columns of a relation, in the order of an array of their numbers. */
  private static final String NAMES =
      """
      (SELECT array_agg(a.attname::text ORDER BY o.position)
       FROM unnest(%s) WITH ORDINALITY o(number, position)
       JOIN pg_attribute a ON a.attrelid = %s AND a.attnum = o.number)
      """;

  private static final String COLUMNS =
      """
      SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid), a.attidentity::text, a.attgenerated::text,
        EXISTS (
          SELECT FROM pg_constraint k
          WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum]
          AND pg_get_expr(k.conbin, k.conrelid) = '(' || quote_ident(a.attname) || ' IS NOT NULL)')
      FROM pg_class c
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relkind IN ('r', 'p') AND
      """
          + OURS
          + "ORDER BY c.relname, a.attnum";

  private static final String KEYS =
      "SELECT c.relname, x.relname, i.indisprimary, pg_get_expr(i.indpred, i.indrelid), "
          + NAMES.formatted("(i.indkey::int2[])[0:i.indnkeyatts - 1]", "c.oid")
          + """
          FROM pg_index i
          JOIN pg_class c ON c.oid = i.indrelid
          JOIN pg_class x ON x.oid = i.indexrelid
          WHERE i.indisunique AND i.indisvalid AND i.indexprs IS NULL AND c.relkind IN ('r', 'p') AND
          """
          + OURS;

  private static final String FOREIGN_KEYS =
      "SELECT c.relname, k.conname, t.relname, k.condeferrable, "
          + NAMES.formatted("k.conkey", "k.conrelid")
          + ", "
          + NAMES.formatted("k.confkey", "k.confrelid")
          + """
          FROM pg_constraint k
          JOIN pg_class c ON c.oid = k.conrelid
          JOIN pg_class t ON t.oid = k.confrelid
          WHERE k.contype = 'f' AND
          """
          + OURS;

  /** One that only forbids NULL is told by the column. */
  private static final String CHECKS =
      """
      SELECT c.relname, pg_get_expr(k.conbin, k.conrelid)
      FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid
      WHERE k.contype = 'c' AND c.relkind IN ('r', 'p') AND NOT EXISTS (
        SELECT FROM pg_attribute a
        WHERE a.attrelid = c.oid AND k.conkey = ARRAY[a.attnum]
        AND pg_get_expr(k.conbin, k.conrelid) = '(' || quote_ident(a.attname) || ' IS NOT NULL)') AND
      """
          + OURS;

  private static final String SEQUENCES =
      """
      SELECT c.relname, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
        t.relname, a.attname
      FROM pg_sequence s
      JOIN pg_class c ON c.oid = s.seqrelid
      LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
      LEFT JOIN pg_class t ON t.oid = d.refobjid
      LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      WHERE
      """
          + OURS;

  private CatalogReader() {}

  /**
   * Reads the catalog.
   *
   * @param connection is only read from; its transaction is left as it is
   * @param name the name of the catalog
   * @param versionQuery a query whose first value is the version of the schema, of any type
   * @throws CatalogException if the version query gives nothing
   * @throws SQLException also if the version query fails, e.g. because its table does not exist
   */
  public static Catalog read(Connection connection, String name, String versionQuery)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String version = version(statement, versionQuery);
      Map<String, List<Column>> columns = columns(statement);
      Map<String, Key> primaryKeys = new LinkedHashMap<>();
      Map<String, List<Key>> uniqueKeys = new LinkedHashMap<>();
      keys(statement, primaryKeys, uniqueKeys);
      Map<String, List<ForeignKey>> foreignKeys = foreignKeys(statement);
      Map<String, List<String>> checks = checks(statement);
      List<Table> tables =
          columns.entrySet().stream()
              .map(
                  table ->
                      new Table(
                          table.getKey(),
                          table.getValue(),
                          primaryKeys.get(table.getKey()),
                          uniqueKeys.getOrDefault(table.getKey(), List.of()),
                          foreignKeys.getOrDefault(table.getKey(), List.of()),
                          checks.getOrDefault(table.getKey(), List.of())))
              .toList();
      return new Catalog(name, version, tables, sequences(statement));
    }
  }

  private static String version(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      String version = row.next() ? row.getString(1) : null;
      if (version == null) {
        throw new CatalogException(
            "The database does not say the version of its schema: no result from " + query);
      }
      return version;
    }
  }

  private static Map<String, List<Column>> columns(Statement statement) throws SQLException {
    Map<String, List<Column>> tables = new LinkedHashMap<>();
    try (ResultSet row = statement.executeQuery(COLUMNS)) {
      while (row.next()) {
        List<Column> columns = tables.computeIfAbsent(row.getString(1), table -> new ArrayList<>());
        if (row.getString(2) != null) { // a table may have no column at all
          boolean notNull = row.getBoolean(4) || row.getBoolean(8);
          columns.add(
              new Column(
                  row.getString(2),
                  ColumnType.of(row.getString(3)),
                  !notNull,
                  row.getString(5),
                  generation(row.getString(6), row.getString(7))));
        }
      }
    }
    return tables;
  }

  /**
   * Reads how a column is generated.
   *
   * @param identity pg_attribute.attidentity: a (always), d (by default) or empty
   * @param generated pg_attribute.attgenerated: s (stored), v (virtual) or empty
   */
  private static Generation generation(String identity, String generated) {
    if (!generated.isEmpty()) {
      return Generation.STORED;
    }
    return switch (identity) {
      case "a" -> Generation.IDENTITY_ALWAYS;
      case "d" -> Generation.IDENTITY_BY_DEFAULT;
      default -> Generation.NONE;
    };
  }

  private static void keys(
      Statement statement, Map<String, Key> primaryKeys, Map<String, List<Key>> uniqueKeys)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(KEYS)) {
      while (row.next()) {
        Key key = new Key(row.getString(2), texts(row.getArray(5)), row.getString(4));
        if (row.getBoolean(3)) {
          primaryKeys.put(row.getString(1), key);
        } else {
          uniqueKeys.computeIfAbsent(row.getString(1), table -> new ArrayList<>()).add(key);
        }
      }
    }
  }

  private static Map<String, List<ForeignKey>> foreignKeys(Statement statement)
      throws SQLException {
    Map<String, List<ForeignKey>> foreignKeys = new LinkedHashMap<>();
    try (ResultSet row = statement.executeQuery(FOREIGN_KEYS)) {
      while (row.next()) {
        foreignKeys
            .computeIfAbsent(row.getString(1), table -> new ArrayList<>())
            .add(
                new ForeignKey(
                    row.getString(2),
                    texts(row.getArray(5)),
                    row.getString(3),
                    texts(row.getArray(6)),
                    row.getBoolean(4)));
      }
    }
    return foreignKeys;
  }

  private static Map<String, List<String>> checks(Statement statement) throws SQLException {
    Map<String, List<String>> checks = new LinkedHashMap<>();
    try (ResultSet row = statement.executeQuery(CHECKS)) {
      while (row.next()) {
        checks.computeIfAbsent(row.getString(1), table -> new ArrayList<>()).add(row.getString(2));
      }
    }
    return checks;
  }

  private static List<Sequence> sequences(Statement statement) throws SQLException {
    List<Sequence> sequences = new ArrayList<>();
    try (ResultSet row = statement.executeQuery(SEQUENCES)) {
      while (row.next()) {
        sequences.add(
            new Sequence(
                row.getString(1),
                ColumnType.of(row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getString(7) == null ? null : new Owner(row.getString(7), row.getString(8))));
      }
    }
    return sequences;
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
