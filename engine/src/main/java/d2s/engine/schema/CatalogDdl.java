package d2s.engine.schema;

import d2s.engine.schema.Column.Generation;
import d2s.engine.sql.SqlIdentifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a catalog into the SQL that creates its tables and sequences in an empty database.
 *
 * <p>A catalog that is read from the result equals the one it was made from. What a catalog does
 * not know is not made: triggers, indexes that are not unique, what happens on deletion. The
 * statements name no schema; they are meant for the first one of the search path.
 */
public final class CatalogDdl {

  /** The first PostgreSQL that takes the storage of a column when the table is made. */
  private static final int PLAIN_SINCE = 16;

  private CatalogDdl() {}

  /** Executes all statements in the given connection. Its transaction is left to the caller. */
  public static void create(Connection connection, Catalog catalog) throws SQLException {
    execute(connection, beforeRows(catalog));
    execute(connection, afterRows(catalog));
  }

  /**
   * Makes no more than queries can notice: tables, sequences, and primary keys, by which a query
   * may group. The tables are not meant for rows: no value of theirs is stored outside of them, so
   * that PostgreSQL makes half as many files.
   */
  public static void createForQueries(Connection connection, Catalog catalog) throws SQLException {
    boolean plain = connection.getMetaData().getDatabaseMajorVersion() >= PLAIN_SINCE;
    execute(
        connection,
        statements(
            catalog,
            table -> {
              Stream<String> columns =
                  table.columns().stream()
                      .map(column -> column(column, table, catalog, plain ? " STORAGE PLAIN" : ""));
              Stream<String> key =
                  Stream.ofNullable(table.primaryKey()).map(CatalogDdl::primaryKey);
              return createTable(table, Stream.concat(columns, key));
            }));
  }

  /** Executes statements that were made here, all at once. */
  public static void execute(Connection connection, List<String> statements) throws SQLException {
    if (!statements.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(String.join(";\n", statements));
      }
    }
  }

  /** All statements, each ended by a semicolon and a line break. */
  public static String render(Catalog catalog) {
    return Stream.concat(beforeRows(catalog).stream(), afterRows(catalog).stream())
        .map(statement -> statement + ";\n")
        .collect(Collectors.joining());
  }

  /** Tables and sequences without any key: enough for rows to be loaded in any order, and fast. */
  public static List<String> beforeRows(Catalog catalog) {
    return statements(
        catalog,
        table ->
            createTable(
                table, table.columns().stream().map(column -> column(column, table, catalog, ""))));
  }

  private static List<String> statements(Catalog catalog, Function<Table, String> createTable) {
    List<String> statements = new ArrayList<>();
    catalog.sequences().stream()
        .filter(sequence -> identityOf(sequence, catalog) == Generation.NONE)
        .forEach(
            sequence ->
                statements.add(
                    "CREATE SEQUENCE "
                        + SqlIdentifier.quote(sequence.name())
                        + " AS "
                        + sequence.type().sql()
                        + options(sequence)));
    catalog.tables().forEach(table -> statements.add(createTable.apply(table)));
    catalog.sequences().stream()
        .filter(sequence -> sequence.owner() != null)
        .filter(sequence -> identityOf(sequence, catalog) == Generation.NONE)
        .forEach(
            sequence ->
                statements.add(
                    "ALTER SEQUENCE %s OWNED BY %s.%s"
                        .formatted(
                            SqlIdentifier.quote(sequence.name()),
                            SqlIdentifier.quote(sequence.owner().table()),
                            SqlIdentifier.quote(sequence.owner().column()))));
    return statements;
  }

  /** Primary keys, unique indexes, checks and foreign keys. */
  public static List<String> afterRows(Catalog catalog) {
    List<String> statements = new ArrayList<>();
    for (Table table : catalog.tables()) {
      String quoted = SqlIdentifier.quote(table.name());
      if (table.primaryKey() != null) {
        statements.add("ALTER TABLE " + quoted + " ADD " + primaryKey(table.primaryKey()));
      }
      for (Key key : table.uniqueKeys()) {
        statements.add(
            "CREATE UNIQUE INDEX %s ON %s (%s)%s"
                .formatted(
                    SqlIdentifier.quote(key.name()),
                    quoted,
                    SqlIdentifier.quoteAll(key.columns()),
                    key.condition() == null ? "" : " WHERE " + key.condition()));
      }
      for (String check : table.checks()) {
        statements.add("ALTER TABLE " + quoted + " ADD CHECK (" + check + ")");
      }
    }
    for (Table table : catalog.tables()) { // they need the keys of all tables
      for (ForeignKey foreignKey : table.foreignKeys()) {
        statements.add(
            "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s)%s"
                .formatted(
                    SqlIdentifier.quote(table.name()),
                    SqlIdentifier.quote(foreignKey.name()),
                    SqlIdentifier.quoteAll(foreignKey.columns()),
                    SqlIdentifier.quote(foreignKey.targetTable()),
                    SqlIdentifier.quoteAll(foreignKey.targetColumns()),
                    foreignKey.deferrable() ? " DEFERRABLE INITIALLY DEFERRED" : ""));
      }
    }
    return statements;
  }

  private static String createTable(Table table, Stream<String> parts) {
    return parts
        .map(part -> "\n  " + part)
        .collect(
            Collectors.joining(
                ",", "CREATE TABLE " + SqlIdentifier.quote(table.name()) + " (", "\n)"));
  }

  private static String primaryKey(Key key) {
    return "CONSTRAINT %s PRIMARY KEY (%s)"
        .formatted(SqlIdentifier.quote(key.name()), SqlIdentifier.quoteAll(key.columns()));
  }

  /**
   * @param storage how it is stored, or nothing
   */
  private static String column(Column column, Table table, Catalog catalog, String storage) {
    String sql = SqlIdentifier.quote(column.name()) + " " + column.type().sql() + storage;
    if (!column.nullable()) {
      sql += " NOT NULL";
    }
    return sql
        + switch (column.generation()) {
          case NONE ->
              column.defaultExpression() == null ? "" : " DEFAULT " + column.defaultExpression();
          case STORED -> " GENERATED ALWAYS AS (" + column.defaultExpression() + ") STORED";
          case IDENTITY_ALWAYS ->
              " GENERATED ALWAYS AS IDENTITY" + identity(column, table, catalog);
          case IDENTITY_BY_DEFAULT ->
              " GENERATED BY DEFAULT AS IDENTITY" + identity(column, table, catalog);
        };
  }

  private static String identity(Column column, Table table, Catalog catalog) {
    Sequence.Owner owner = new Sequence.Owner(table.name(), column.name());
    return catalog.sequences().stream()
        .filter(sequence -> owner.equals(sequence.owner()))
        .findFirst()
        .map(
            sequence ->
                " (SEQUENCE NAME " + SqlIdentifier.quote(sequence.name()) + options(sequence) + ")")
        .orElse("");
  }

  private static Generation identityOf(Sequence sequence, Catalog catalog) {
    if (sequence.owner() == null) {
      return Generation.NONE;
    }
    return catalog
        .table(sequence.owner().table())
        .flatMap(table -> table.column(sequence.owner().column()))
        .map(Column::generation)
        .orElse(Generation.NONE);
  }

  private static String options(Sequence sequence) {
    return " START WITH %d INCREMENT BY %d MINVALUE %d MAXVALUE %d"
        .formatted(sequence.start(), sequence.increment(), sequence.minimum(), sequence.maximum());
  }
}
