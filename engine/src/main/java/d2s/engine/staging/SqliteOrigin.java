package d2s.engine.staging;

import d2s.engine.mapping.Layouts.FileLayout;
import d2s.engine.schema.Column;
import d2s.engine.schema.Column.Generation;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.yaml.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** An SQLite file. Neither it nor anything beside it is changed. */
public final class SqliteOrigin implements Origin {

  /** How many rows pass between two words about them. */
  private static final long ROWS_BETWEEN_WORDS = 4096;

  private static final ColumnType TEXT = ColumnType.of("text");

  private final Path file;
  private final FileLayout layout;
  private final Connection connection;
  private final SqliteFile.State opened;
  private final Map<String, Table> tables = new LinkedHashMap<>();

  /**
   * Opens a file.
   *
   * @param layout what is different in it from the whole schema
   * @param workspace a folder for a private copy, should one be needed; removed by the caller
   * @throws IOException if this is no SQLite file, or cannot be read
   */
  public SqliteOrigin(Path file, FileLayout layout, Path workspace)
      throws SQLException, IOException {
    this.file = file;
    this.layout = layout;
    if (!SqliteFile.is(file)) {
      throw new IOException(file + " is not an SQLite file");
    }
    this.opened = SqliteFile.State.of(file);
    this.connection = SqliteFile.open(file, workspace);
    try {
      readTables();
    } catch (SQLException e) {
      close();
      throw new SQLException(
          file
              + " cannot be read: "
              + firstLine(e)
              + ". Is it whole? sqlite3 "
              + file.getFileName()
              + " \"pragma integrity_check\" tells",
          e);
    }
  }

  /** Whether this is an SQLite database; an empty file is one. */
  public static boolean isOne(Path file) throws IOException {
    return SqliteFile.is(file);
  }

  /** The file, and the log or journal that has to be read with it. */
  public static List<Path> files(Path file) {
    return SqliteFile.withCompanions(file);
  }

  private static String firstLine(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
  }

  private void readTables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("pragma encoding")) {
        if (row.next() && !row.getString(1).equals("UTF-8")) {
          throw new SQLException("its texts are " + row.getString(1) + ", not UTF-8");
        }
      }
      try (ResultSet rows =
          statement.executeQuery("select name from sqlite_master where type = 'table'")) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      for (String name : names) {
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows =
            statement.executeQuery("pragma table_info(" + SqlIdentifier.quote(name) + ")")) {
          while (rows.next()) {
            // A declared type binds nothing; whoever does not know better takes a text.
            columns.add(
                new Column(
                    rows.getString("name"),
                    TEXT,
                    true,
                    constant(rows.getString("dflt_value")),
                    Generation.NONE));
          }
        }
        tables.put(name, new Table(name, columns, null, List.of(), List.of()));
      }
    }
  }

  /** A default as the text that a value of it becomes; null for one that has to be computed. */
  private static String constant(String expression) {
    String given = expression == null ? "" : expression.strip();
    if (given.matches("(?s)'(?:[^']|'')*'")) {
      return given;
    }
    if (given.matches("[+-]?[0-9]+(\\.[0-9]+)?")) {
      return "'" + given.replace("+", "") + "'";
    }
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "true" -> "'1'";
      case "false" -> "'0'";
      default -> null;
    };
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public List<Table> tables() {
    return List.copyOf(tables.values());
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (Path one : files(file)) {
      try {
        bytes += Files.size(one);
      } catch (IOException e) {
        // It was there a moment ago, and will be missed when it is read.
        continue;
      }
    }
    return bytes;
  }

  @Override
  public boolean hasRows(String table) throws SQLException {
    return number("select 1 from " + SqlIdentifier.quote(table) + " limit 1") != null;
  }

  @Override
  public LastNumber lastNumber(Sequence sequence) throws SQLException {
    Text query = layout.sequences().get(sequence.name());
    if (query != null) {
      try {
        Long number = number(query.value());
        return number == null ? null : new LastNumber(number, number > 0);
      } catch (SQLException e) {
        // Another file has what it asks.
        return null;
      }
    }
    return null;
  }

  @Override
  public OptionalLong estimatedRows(String table) throws SQLException {
    // A table that only grows is as long as its last number; others are only looked at.
    Long rows = null;
    try {
      rows = number("select max(rowid) from " + SqlIdentifier.quote(table));
    } catch (SQLException e) {
      return OptionalLong.empty();
    }
    return rows == null ? OptionalLong.of(0) : OptionalLong.of(rows);
  }

  private Long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        return null;
      }
      long number = row.getLong(1);
      return row.wasNull() ? null : number;
    }
  }

  @Override
  public long copy(Table table, Connection target, CopyObserver observer)
      throws SQLException, IOException {
    Table here = tables.get(table.name());
    List<Column> columns =
        table.columns().stream()
            .filter(column -> column.writable() && here.column(column.name()).isPresent())
            .toList();
    String quoted = SqlIdentifier.quote(table.name());
    String names = SqlIdentifier.quoteAll(columns.stream().map(Column::name).toList());
    CopyIn in =
        target
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy %s (%s) from stdin (format binary)".formatted(quoted, names));
    boolean[] withoutNul = new boolean[columns.size()];
    for (int i = 0; i < withoutNul.length; i++) {
      withoutNul[i] = layout.isWithoutNul(table.name(), columns.get(i).name());
    }
    long read = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query(table.name(), columns))) {
      BinaryRows out = new BinaryRows(in);
      while (rows.next()) {
        read++;
        out.startRow(columns.size());
        String misfit = writeRow(columns, withoutNul, rows, out);
        if (misfit == null) {
          out.endRow();
        } else {
          out.dropRow();
          observer.skipped("row " + rows.getString(1) + " of " + file, misfit);
        }
        if (read % ROWS_BETWEEN_WORDS == 0) {
          observer.advanced(read);
        }
      }
      return out.finish();
    } catch (SQLException e) {
      if (e instanceof org.postgresql.util.PSQLException) {
        throw e;
      }
      throw new SQLException(
          "%s: the table %s cannot be read after %d rows: %s. Mend a copy of the file with sqlite3's .recover"
              .formatted(file, table.name(), read, firstLine(e)),
          e);
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  /**
   * @return what is wrong with the row; null if it was written
   */
  private static String writeRow(
      List<Column> columns, boolean[] withoutNul, ResultSet rows, BinaryRows out)
      throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      try {
        Object value = value(columns.get(i), rows, i + 2);
        SqliteValue.write(
            columns.get(i), withoutNul[i] ? SqliteValue.withoutNul(value) : value, out);
      } catch (SqliteValue.MisfitException e) {
        return "the column " + columns.get(i).name() + " " + e.getMessage();
      }
    }
    return null;
  }

  /** Texts are taken by their bytes: decoding would put something else where they are damaged. */
  private static Object value(Column column, ResultSet rows, int index) throws SQLException {
    return switch (column.type().kind()) {
      case INT2, INT4, INT8, BOOL -> rows.getObject(index);
      default -> rows.getBytes(index);
    };
  }

  private String query(String table, List<Column> columns) throws SQLException {
    String quoted = SqlIdentifier.quote(table);
    String values =
        columns.stream()
            .map(
                column ->
                    layout
                        .column(table, column.name())
                        .map(text -> "(" + text.value() + ")")
                        .orElse(SqlIdentifier.quote(column.name())))
            .collect(Collectors.joining(", "));
    return "select %s, %s from %s".formatted(hasRowId(quoted) ? "rowid" : "'?'", values, quoted);
  }

  private boolean hasRowId(String quotedTable) {
    try {
      number("select max(rowid) from " + quotedTable);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void checkUnchanged() throws IOException {
    opened.check();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It has only read.
      return;
    }
  }
}
