package d2s.engine.examples;

import d2s.engine.mapping.Example;
import d2s.engine.mapping.Example.AddedColumn;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Columns that an example gives to the source beside those of its catalog. */
final class AddedColumns {

  private AddedColumns() {}

  /** Finds tables that are not there and columns that need not be added. */
  static void check(Example example, Catalog source, Problems problems) {
    for (AddedColumn added : example.added()) {
      String name = added.table().value();
      Optional<Table> table = source.table(name);
      if (table.isEmpty()) {
        problems.add(
            added.table().at(),
            "no table " + name + " in the source" + Suggestion.of(name, source.tableNames()));
      } else if (table.get().column(added.name().value()).isPresent()) {
        problems.add(
            added.name().at(),
            "the source has the column " + added.name() + "; only other columns can be added");
      }
    }
  }

  /** The catalog with the columns of an example that was checked. */
  static Catalog in(Catalog source, Example example) {
    return new Catalog(
        source.name(),
        source.version(),
        source.tables().stream().map(table -> in(table, example)).toList(),
        source.sequences());
  }

  private static Table in(Table table, Example example) {
    List<Column> columns = new ArrayList<>(table.columns());
    for (AddedColumn added : example.added()) {
      if (added.table().value().equals(table.name())) {
        columns.add(Column.of(added.name().value(), ColumnType.of(added.type().value()), true));
      }
    }
    return new Table(
        table.name(),
        columns,
        table.primaryKey(),
        table.uniqueKeys(),
        table.foreignKeys(),
        table.checks());
  }

  /**
   * Adds the columns to a database.
   *
   * @param connection in a transaction, which takes the columns away again
   * @param problems takes a type that the database does not know
   * @return false if one was refused; the transaction is of no use then
   */
  static boolean create(Example example, Connection connection, Problems problems)
      throws SQLException {
    for (AddedColumn added : example.added()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "alter table %s add column %s %s"
                .formatted(
                    SqlIdentifier.quote(added.table().value()),
                    SqlIdentifier.quote(added.name().value()),
                    ColumnType.of(added.type().value()).sql()));
      } catch (SQLException e) {
        if (SqlErrors.isLost(e)) {
          throw e;
        }
        problems.add(added.type().at(), "PostgreSQL refuses this type: " + SqlErrors.reason(e));
        return false;
      }
    }
    return true;
  }
}
