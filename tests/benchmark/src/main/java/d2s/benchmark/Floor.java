package d2s.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The time below which no migration can come: the same rows, read from files, copied over one
 * connection in one transaction, with the same indexes and constraints made afterwards.
 *
 * <p>Nothing is read from the source, nothing computed, nothing checked, no statistics made.
 */
final class Floor {
  /** As in the program: smaller tables keep their indexes. */
  private static final long MANY = 5_000;

  private static final String MEMORY = "256MB";

  private final Path directory;
  private final List<Exported> tables = new ArrayList<>();

  /** A table in a file. */
  private record Exported(String table, String columns, long rows, long bytes, Path file) {}

  /**
   * The time for a table.
   *
   * @param bytes in text format
   * @param copy seconds of COPY
   * @param indexes seconds for indexes and keys
   */
  record TableTime(String table, long rows, long bytes, double copy, double indexes) {}

  /**
   * One measurement.
   *
   * @param seconds from the first statement to the end of the commit
   */
  record Time(double seconds, List<TableTime> tables) {
    long rows() {
      return tables.stream().mapToLong(TableTime::rows).sum();
    }

    long bytes() {
      return tables.stream().mapToLong(TableTime::bytes).sum();
    }
  }

  Floor(Path directory) {
    this.directory = directory;
  }

  /** Writes all rows of the migrated database into files. */
  void export(Connection migrated, Connection template) throws SQLException, IOException {
    Files.createDirectories(directory);
    for (List<String> row :
        rows(migrated, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")) {
      String table = row.get(0);
      // What was there before the migration is settings, of one row each.
      if (!rows(template, "SELECT 1 FROM \"" + table + "\" LIMIT 1").isEmpty()
          || rows(migrated, "SELECT 1 FROM \"" + table + "\" LIMIT 1").isEmpty()) {
        continue;
      }
      String columns =
          rows(
                  migrated,
                  "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
                      + " WHERE attrelid = 'public.\""
                      + table
                      + "\"'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''")
              .get(0)
              .get(0);
      Path file = directory.resolve(table + ".copy");
      long count;
      try (OutputStream out = Files.newOutputStream(file)) {
        count =
            migrated
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY \"%s\" (%s) TO STDOUT".formatted(table, columns), out);
      }
      tables.add(new Exported(table, columns, count, Files.size(file), file));
    }
    sort(template);
  }

  /** Small tables keep their foreign keys, so a table comes after those that it refers to. */
  private void sort(Connection template) throws SQLException {
    List<List<String>> keys =
        rows(
            template,
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
                + " WHERE contype = 'f' AND conrelid <> confrelid");
    List<Exported> sorted = new ArrayList<>();
    List<Exported> left = new ArrayList<>(tables);
    while (!left.isEmpty()) {
      List<String> waiting = left.stream().map(Exported::table).toList();
      for (Exported table : List.copyOf(left)) {
        if (keys.stream()
            .noneMatch(key -> key.get(0).equals(table.table()) && waiting.contains(key.get(1)))) {
          sorted.add(table);
          left.remove(table);
        }
      }
      if (left.size() == waiting.size()) {
        throw new IllegalStateException("tables refer to each other in a circle: " + waiting);
      }
    }
    tables.clear();
    tables.addAll(sorted);
  }

  /** Loads them into a fresh database. */
  Time load(Connection target) throws SQLException, IOException {
    List<TableTime> times = new ArrayList<>();
    List<String> foreignKeys = new ArrayList<>();
    long start = System.nanoTime();
    target.setAutoCommit(false);
    try (Statement statement = target.createStatement()) {
      statement.execute("SET LOCAL maintenance_work_mem = '" + MEMORY + "'");
      List<List<String>> again = new ArrayList<>();
      for (Exported table : tables) {
        again.add(table.rows() < MANY ? List.of() : drop(target, table.table(), foreignKeys));
      }
      for (int i = 0; i < tables.size(); i++) {
        Exported table = tables.get(i);
        long before = System.nanoTime();
        try (InputStream in = Files.newInputStream(table.file())) {
          target
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn(
                  "COPY \"%s\" (%s) FROM STDIN".formatted(table.table(), table.columns()),
                  in,
                  1 << 16);
        }
        long copied = System.nanoTime();
        for (String sql : again.get(i)) {
          statement.execute(sql);
        }
        times.add(
            new TableTime(
                table.table(),
                table.rows(),
                table.bytes(),
                (copied - before) / 1e9,
                (System.nanoTime() - copied) / 1e9));
      }
      for (String sql : foreignKeys) {
        statement.execute(sql);
      }
      target.commit();
    } finally {
      target.rollback();
      target.setAutoCommit(true);
    }
    return new Time((System.nanoTime() - start) / 1e9, times);
  }

  /** Drops indexes and keys; returns what makes them again, but for foreign keys. */
  private static List<String> drop(Connection target, String table, List<String> foreignKeys)
      throws SQLException {
    String name = "public.\"" + table + "\"";
    List<String> drops = new ArrayList<>();
    List<String> again = new ArrayList<>();
    for (List<String> row :
        rows(
            target,
            """
            SELECT quote_ident(conname), conrelid::regclass::text, pg_get_constraintdef(oid)
            FROM pg_constraint
            WHERE contype = 'f' AND ('%s'::regclass IN (conrelid, confrelid))
            """
                .formatted(name))) {
      drops.add("ALTER TABLE " + row.get(1) + " DROP CONSTRAINT " + row.get(0));
      foreignKeys.add(
          "ALTER TABLE " + row.get(1) + " ADD CONSTRAINT " + row.get(0) + " " + row.get(2));
    }
    for (List<String> row :
        rows(
            target,
            """
            SELECT quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
            WHERE contype IN ('p', 'u') AND conrelid = '%s'::regclass
            """
                .formatted(name))) {
      drops.add("ALTER TABLE " + name + " DROP CONSTRAINT " + row.get(0));
      again.add("ALTER TABLE " + name + " ADD CONSTRAINT " + row.get(0) + " " + row.get(1));
    }
    for (List<String> row :
        rows(
            target,
            """
            SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
            FROM pg_index i
            WHERE i.indrelid = '%s'::regclass
              AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype <> 'f')
            """
                .formatted(name))) {
      drops.add("DROP INDEX " + row.get(0));
      again.add(row.get(1));
    }
    try (Statement statement = target.createStatement()) {
      for (String sql : drops) {
        statement.execute(sql);
      }
    }
    return again;
  }

  private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }
}
