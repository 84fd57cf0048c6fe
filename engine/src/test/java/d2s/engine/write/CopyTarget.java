package d2s.engine.write;

import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.sql.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** Sends rows to a real table and reads them back, for tests. */
final class CopyTarget {

  private final Connection connection;
  private final List<Column> columns;

  /** Makes a temporary table with columns c0, c1 ... of these types. */
  CopyTarget(Connection connection, String... types) throws SQLException {
    this.connection = connection;
    this.columns =
        IntStream.range(0, types.length)
            .mapToObj(i -> Column.of("c" + i, ColumnType.of(types[i]), true))
            .toList();
    connection.setAutoCommit(false);
    StringBuilder sql = new StringBuilder("create temporary table copied (n serial");
    columns.forEach(
        column -> sql.append(", ").append(column.name()).append(' ').append(column.type()));
    try (var statement = connection.createStatement()) {
      statement.execute("drop table if exists copied");
      statement.execute(sql.append(')').toString());
    }
  }

  BinaryCopyEncoder buffer() {
    return new BinaryCopyEncoder("copied", columns);
  }

  static void add(BinaryCopyEncoder buffer, List<Column> columns, Object... row) {
    buffer.startRow();
    for (int i = 0; i < row.length; i++) {
      buffer.value(columns.get(i), row[i]);
    }
    buffer.endRow();
  }

  void add(BinaryCopyEncoder buffer, Object... row) {
    add(buffer, columns, row);
  }

  void send(BinaryCopyEncoder buffer) throws SQLException {
    CopyChunk chunk = buffer.take();
    var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(chunk.statement());
    copy.writeToCopy(chunk.bytes(), 0, chunk.bytes().length);
    copy.endCopy();
  }

  /** What is in the table, in the order in which it was sent. */
  List<Object[]> rows() throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    String names = String.join(", ", columns.stream().map(Column::name).toList());
    try (RowReader reader =
        new RowReader(connection, "select " + names + " from copied order by n")) {
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Sends rows and reads them back. */
  List<Object[]> roundTrip(List<Object[]> rows) throws SQLException {
    BinaryCopyEncoder buffer = buffer();
    rows.forEach(row -> add(buffer, row));
    send(buffer);
    return rows();
  }
}
