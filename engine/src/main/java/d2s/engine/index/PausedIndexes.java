package d2s.engine.index;

import d2s.engine.sql.SqlIdentifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes, keys and triggers of a table that is about to take many rows: dropped inside the
 * transaction, and made again exactly as they were when the rows are there. Building an index over
 * rows that exist costs a fraction of keeping it up to date row by row.
 *
 * <p>If the transaction is rolled back in between, the database never sees that they were gone.
 */
final class PausedIndexes {

  private static final String FOREIGN_KEYS =
      """
      select quote_ident(c.conname), c.conrelid::regclass::text, pg_get_constraintdef(c.oid),
             x.relname, y.relname
      from pg_constraint c
      join pg_class x on x.oid = c.conrelid
      join pg_class y on y.oid = c.confrelid
      where c.contype = 'f' and (c.conrelid = ?::regclass or c.confrelid = ?::regclass)
      order by 2, 1
      """;

  private static final String KEYS =
      """
      select quote_ident(c.conname), pg_get_constraintdef(c.oid), i.indisreplident
      from pg_constraint c
      join pg_index i on i.indexrelid = c.conindid
      join pg_class x on x.oid = i.indexrelid
      where c.contype in ('p', 'u') and c.conrelid = ?::regclass and x.relname = c.conname
      order by 1
      """;

  private static final String INDEXES =
      """
      select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), i.indisreplident
      from pg_index i
      where i.indrelid = ?::regclass
        and not exists (
          select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
      order by 1
      """;

  private static final String TRIGGERS =
      """
      select quote_ident(t.tgname)
      from pg_trigger t
      where t.tgrelid = ?::regclass and not t.tgisinternal and t.tgenabled = 'O'
      order by 1
      """;

  private final Connection target;
  private final String table;
  private final List<String> drops = new ArrayList<>();
  private final List<String> again = new ArrayList<>();
  private final List<ForeignKeyPause> foreignKeys = new ArrayList<>();

  /**
   * A foreign key that was dropped.
   *
   * @param restore the statement that makes it again
   */
  record ForeignKeyPause(String table, String refersTo, String restore) {}

  private PausedIndexes(Connection target, String table) {
    this.target = target;
    this.table = "public." + SqlIdentifier.quote(table);
  }

  /** Drops what this table has, and the foreign keys of other tables that refer to it. */
  static PausedIndexes pause(Connection target, String table) throws SQLException {
    PausedIndexes paused = new PausedIndexes(target, table);
    paused.drop();
    return paused;
  }

  List<ForeignKeyPause> foreignKeys() {
    return foreignKeys;
  }

  /** The statements that make everything again but the foreign keys, in their order. */
  List<String> again() {
    return again;
  }

  private void drop() throws SQLException {
    List<String> identities = new ArrayList<>();
    query(
        FOREIGN_KEYS,
        row -> {
          String alter = "alter table " + row.getString(2);
          drops.add(alter + " drop constraint " + row.getString(1));
          foreignKeys.add(
              new ForeignKeyPause(
                  row.getString(4),
                  row.getString(5),
                  alter + " add constraint " + row.getString(1) + " " + row.getString(3)));
        });
    query(
        KEYS,
        row -> {
          String name = row.getString(1);
          drops.add("alter table " + table + " drop constraint " + name);
          again.add("alter table " + table + " add constraint " + name + " " + row.getString(2));
          if (row.getBoolean(3)) {
            identities.add(name);
          }
        });
    query(
        INDEXES,
        row -> {
          drops.add("drop index " + row.getString(1));
          again.add(row.getString(2));
          if (row.getBoolean(3)) {
            identities.add(row.getString(1));
          }
        });
    for (String index : identities) {
      again.add("alter table " + table + " replica identity using index " + index);
    }
    query(
        TRIGGERS,
        row -> {
          drops.add("alter table " + table + " disable trigger " + row.getString(1));
          again.add("alter table " + table + " enable trigger " + row.getString(1));
        });
    execute(target, drops);
  }

  /** Changes tables of a transaction that can still have checks to do. */
  static void execute(Connection target, List<String> statements) throws SQLException {
    try (Statement statement = target.createStatement()) {
      // Checks that wait for the end of the transaction would forbid to change the table.
      statement.execute("set constraints all immediate");
      statement.execute("set constraints all deferred");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @FunctionalInterface
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, RowReader reader) throws SQLException {
    try (PreparedStatement query = target.prepareStatement(sql)) {
      for (int i = 1; i <= query.getParameterMetaData().getParameterCount(); i++) {
        query.setString(i, table);
      }
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }
}
