package d2s.engine.examples;

import d2s.engine.mapping.Example.Cell;
import d2s.engine.mapping.Example.Row;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType.Kind;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows of a table as PostgreSQL writes them, by column; NULL is null. */
final class ActualRows {

  private ActualRows() {}

  /** All rows, in the order in which they were written. */
  static List<Map<String, String>> of(Table table, Connection connection) throws SQLException {
    String columns =
        table.columns().stream()
            .map(column -> SqlIdentifier.quote(column.name()) + "::text")
            .collect(Collectors.joining(", "));
    List<Map<String, String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select "
                    + columns
                    + " from "
                    + SqlIdentifier.quote(table.name())
                    + " order by ctid")) {
      while (found.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        int at = 1;
        for (Column column : table.columns()) {
          row.put(column.name(), readable(column, found.getString(at++)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /**
   * What PostgreSQL makes of the values of an example, in the same form.
   *
   * @throws SQLException if a value is none of its column
   */
  static Map<String, String> expected(Row row, Table table, Connection connection)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Cell cell : row.cells()) {
      Column column = table.column(cell.name().value()).orElseThrow();
      columns.add(column);
      values.add(SampleValue.text(cell.value(), column.type()));
    }
    if (columns.isEmpty()) {
      return Map.of();
    }
    String sql =
        columns.stream()
            .map(column -> "(?::text::" + column.type().sql() + ")::text")
            .collect(Collectors.joining(", ", "select ", ""));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setString(i + 1, values.get(i));
      }
      try (ResultSet found = statement.executeQuery()) {
        found.next();
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
          expected.put(columns.get(i).name(), readable(columns.get(i), found.getString(i + 1)));
        }
        return expected;
      }
    }
  }

  /** Bytes as the text that they are, if they are one; else in hexadecimal digits. */
  private static String readable(Column column, String value) {
    if (value == null || column.type().kind() != Kind.BYTEA) {
      return value;
    }
    byte[] bytes = HexFormat.of().parseHex(value, 2, value.length());
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean printable = text.chars().noneMatch(c -> c == '\uFFFD' || Character.isISOControl(c));
    return printable ? text : value;
  }
}
