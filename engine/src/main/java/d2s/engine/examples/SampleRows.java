package d2s.engine.examples;

import d2s.engine.mapping.Example.Cell;
import d2s.engine.mapping.Example.Row;
import d2s.engine.mapping.Example.Rows;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.yaml.Problems;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the rows of an example into a database. */
final class SampleRows {

  private SampleRows() {}

  /**
   * Inserts rows.
   *
   * @param problems takes a row that the database refuses
   * @return false if one was refused; the transaction is of no use then
   */
  static boolean insert(
      List<Rows> tables, Catalog catalog, Connection connection, Problems problems)
      throws SQLException {
    for (Rows rows : tables) {
      Table table = catalog.table(rows.table().value()).orElseThrow();
      int place = 0;
      for (Row row : rows.rows()) {
        try {
          insert(table, row, ++place, connection);
        } catch (SQLException e) {
          if (SqlErrors.isOfServer(e)) {
            throw e;
          }
          problems.add(
              row.at(),
              "PostgreSQL refuses this row of " + table.name() + ": " + SqlErrors.reason(e));
          return false;
        }
      }
    }
    return true;
  }

  private static void insert(Table table, Row row, int place, Connection connection)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    List<String> expressions = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!column.writable()) {
        continue;
      }
      columns.add(column.name());
      Optional<Cell> cell =
          row.cells().stream().filter(one -> one.name().value().equals(column.name())).findAny();
      if (cell.isPresent()) {
        expressions.add("?::text::" + column.type().sql());
        values.add(SampleValue.text(cell.get().value(), column.type()));
      } else {
        expressions.add(SampleValue.neutral(column, place));
      }
    }
    String sql =
        "insert into "
            + SqlIdentifier.quote(table.name())
            + " ("
            + SqlIdentifier.quoteAll(columns)
            + ") overriding system value values ("
            + String.join(", ", expressions)
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setString(i + 1, values.get(i));
      }
      statement.executeUpdate();
    }
  }
}
