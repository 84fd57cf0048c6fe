package d2s.engine.catalog;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.schema.CatalogException;
import d2s.engine.schema.Column;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * All rows of a small database in one file, to make that database again wherever it is needed.
 *
 * <p>The file holds rows only; the tables come from a {@link Catalog}. It is text in UTF-8,
 * compressed with gzip: a first line with the name of the catalog; for every table a line with its
 * name and columns, its rows in the text format of COPY, and a line {@code \.}; for every sequence
 * a line with its last value and whether that has been used; and a last line, so that a file cut
 * short is noticed. Rows are ordered by the primary key, else by all their columns as text: the
 * same rows always give the same bytes.
 */
public final class Recording {

  private static final String FIRST = "recording 1";
  private static final String TABLE = "table";
  private static final String SEQUENCE = "sequence";
  private static final String LAST = "end";
  private static final String END_OF_ROWS = "\\.";

  private Recording() {}

  /**
   * Writes all rows of a database, as of one moment.
   *
   * @param connection in autocommit mode
   * @param catalog the catalog of this database
   * @param out is not closed
   */
  public static void write(Connection connection, Catalog catalog, OutputStream out)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      try {
        GZIPOutputStream zip = new GZIPOutputStream(out);
        line(zip, FIRST, catalog.name());
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (Table table : catalog.tables()) {
          List<String> columns = writable(table);
          line(
              zip,
              Stream.concat(Stream.of(TABLE, table.name()), columns.stream())
                  .toArray(String[]::new));
          copy.copyOut("COPY (" + rows(table, columns) + ") TO STDOUT", unclosed(zip));
          line(zip, END_OF_ROWS);
        }
        for (Sequence sequence : catalog.sequences()) {
          try (ResultSet row =
              statement.executeQuery(
                  "SELECT last_value, is_called FROM " + SqlIdentifier.quote(sequence.name()))) {
            row.next();
            line(zip, SEQUENCE, sequence.name(), row.getString(1), row.getString(2));
          }
        }
        line(zip, LAST);
        zip.finish();
      } finally {
        statement.execute("ROLLBACK");
      }
    }
  }

  /**
   * Makes the recorded database: tables, rows, keys, values of the sequences, statistics. All of it
   * happens in one transaction.
   *
   * @param connection of an empty database, in autocommit mode
   * @param catalog the catalog that the recording was written with
   * @param in the recording; is not closed
   * @return the number of rows of every table, ordered by name
   * @throws CatalogException if the file is not a recording, or not one of this catalog
   */
  public static Map<String, Long> restore(Connection connection, Catalog catalog, InputStream in)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      try {
        CatalogDdl.execute(connection, CatalogDdl.beforeRows(catalog));
        Map<String, Long> counts = load(connection, catalog, in);
        CatalogDdl.execute(connection, CatalogDdl.afterRows(catalog));
        statement.execute("COMMIT");
        statement.execute("ANALYZE");
        return counts;
      } catch (SQLException | IOException | RuntimeException e) {
        statement.execute("ROLLBACK");
        throw e;
      }
    }
  }

  private static Map<String, Long> load(Connection connection, Catalog catalog, InputStream in)
      throws SQLException, IOException {
    Lines lines = new Lines(in);
    List<String> first = lines.fields();
    if (first.size() != 2 || !first.get(0).equals(FIRST)) {
      throw new CatalogException("This is not a recording: it does not begin with " + FIRST + ".");
    }
    if (!first.get(1).equals(catalog.name())) {
      throw new CatalogException(
          "This is a recording of %s; with the catalog %s it cannot be loaded."
              .formatted(first.get(1), catalog.name()));
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
    for (List<String> line = lines.fields(); !line.get(0).equals(LAST); line = lines.fields()) {
      if (line.get(0).equals(TABLE)) {
        counts.put(line.get(1), copyRows(copy, line.get(1), line.subList(2, line.size()), lines));
      } else if (line.get(0).equals(SEQUENCE) && line.size() == 4) {
        setSequence(connection, line.get(1), Long.parseLong(line.get(2)), line.get(3));
      } else {
        throw new CatalogException(
            "The recording of " + catalog.name() + " is damaged: unexpected '" + line + "'.");
      }
    }
    return Collections.unmodifiableMap(counts);
  }

  private static long copyRows(CopyManager copy, String table, List<String> columns, Lines lines)
      throws SQLException, IOException {
    String list = columns.isEmpty() ? "" : " (" + SqlIdentifier.quoteAll(columns) + ")";
    CopyIn rows = copy.copyIn("COPY " + SqlIdentifier.quote(table) + list + " FROM STDIN");
    try {
      for (byte[] line = lines.next(); !isEndOfRows(line); line = lines.next()) {
        rows.writeToCopy(line, 0, line.length);
      }
      return rows.endCopy();
    } finally {
      if (rows.isActive()) {
        rows.cancelCopy();
      }
    }
  }

  private static boolean isEndOfRows(byte[] line) {
    return line.length == 3 && line[0] == '\\' && line[1] == '.';
  }

  private static void setSequence(
      Connection connection, String name, long lastValue, String isCalled) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT setval(?::regclass, ?, ?::bool)")) {
      statement.setString(1, SqlIdentifier.quote(name));
      statement.setLong(2, lastValue);
      statement.setString(3, isCalled);
      statement.execute();
    }
  }

  private static List<String> writable(Table table) {
    return table.columns().stream().filter(Column::writable).map(Column::name).toList();
  }

  private static String rows(Table table, List<String> columns) {
    List<String> order = new ArrayList<>();
    if (table.primaryKey() != null) {
      table.primaryKey().columns().forEach(name -> order.add(inOrder(table, name)));
    } else {
      columns.forEach(name -> order.add(SqlIdentifier.quote(name) + "::text COLLATE \"C\""));
    }
    return "SELECT "
        + SqlIdentifier.quoteAll(columns)
        + " FROM "
        + SqlIdentifier.quote(table.name())
        + (order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order));
  }

  /** Texts are ordered by their bytes, whatever the collation of the database is. */
  private static String inOrder(Table table, String column) {
    return switch (table.column(column).orElseThrow().type().kind()) {
      case TEXT, VARCHAR, CHAR -> SqlIdentifier.quote(column) + " COLLATE \"C\"";
      default -> SqlIdentifier.quote(column);
    };
  }

  private static void line(OutputStream out, String... fields) throws IOException {
    out.write((String.join("\t", fields) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** COPY closes what it writes to; this keeps it open, and passes whole blocks on. */
  private static OutputStream unclosed(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() {
        // stays open for the next table
      }
    };
  }

  /** The lines of the uncompressed file. */
  private static final class Lines {
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(InputStream compressed) throws IOException {
      try {
        in = new BufferedInputStream(new GZIPInputStream(compressed, 1 << 16), 1 << 16);
      } catch (ZipException | EOFException e) {
        throw new CatalogException("This is not a recording: it is not compressed with gzip.", e);
      }
    }

    /** The next line, with its line break. */
    byte[] next() throws IOException {
      line.reset();
      try {
        for (int one = in.read(); one >= 0; one = in.read()) {
          line.write(one);
          if (one == '\n') {
            return line.toByteArray();
          }
        }
      } catch (EOFException | ZipException e) {
        throw new CatalogException("The recording is damaged or cut short.", e);
      }
      throw new CatalogException("The recording is cut short: its last line is missing.");
    }

    /** The next line, which is not a row, split into its fields. */
    List<String> fields() throws IOException {
      String text = new String(next(), StandardCharsets.UTF_8);
      return List.of(text.substring(0, text.length() - 1).split("\t", -1));
    }
  }
}
