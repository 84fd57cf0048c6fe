package d2s.engine.staging;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogReader;
import d2s.engine.schema.Column;
import d2s.engine.schema.Sequence;
import d2s.engine.schema.Table;
import d2s.engine.sql.SqlIdentifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/** A PostgreSQL database. Its rows go from COPY to COPY as they are, in the binary format. */
public final class PostgresOrigin implements Origin {

  /** How many rows pass between two words about them. */
  private static final long ROWS_BETWEEN_WORDS = 4096;

  private final String name;
  private final Connection connection;
  private Catalog catalog;

  /**
   * Begins to read: everything is seen as it is now.
   *
   * @param connection is this object's from now on
   */
  public PostgresOrigin(String name, Connection connection) throws SQLException {
    this.name = name;
    this.connection = connection;
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // The snapshot begins with the first query.
      statement.execute("select 1");
      // A copy may take hours, during which this transaction now and then waits for another table.
      statement.execute("set local statement_timeout = 0");
      statement.execute("set local idle_in_transaction_session_timeout = 0");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Table> tables() throws SQLException {
    return catalog().tables();
  }

  private Catalog catalog() throws SQLException {
    if (catalog == null) {
      catalog = CatalogReader.read(connection, name, "select ''");
    }
    return catalog;
  }

  @Override
  public long bytes() throws SQLException {
    // The size of single tables would wait for whoever has locked one.
    return number("select pg_database_size(current_database())");
  }

  @Override
  public boolean hasRows(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select 1 from " + SqlIdentifier.quote(table) + " limit 1")) {
      return rows.next();
    }
  }

  @Override
  public LastNumber lastNumber(Sequence sequence) throws SQLException {
    if (catalog().sequence(sequence.name()).isEmpty()) {
      return null;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select last_value, is_called from " + SqlIdentifier.quote(sequence.name()))) {
      row.next();
      return new LastNumber(row.getLong(1), row.getBoolean(2));
    }
  }

  @Override
  public OptionalLong estimatedRows(String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select reltuples::bigint from pg_class where relnamespace = 'public'::regnamespace"
                + " and relname = ?")) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getLong(1) >= 0
            ? OptionalLong.of(row.getLong(1))
            : OptionalLong.empty();
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public long copy(Table table, Connection target, CopyObserver observer) throws SQLException {
    Table here = catalog().table(table.name()).orElseThrow();
    List<Column> columns =
        table.columns().stream()
            .filter(column -> column.writable() && here.column(column.name()).isPresent())
            .toList();
    String values =
        columns.stream().map(column -> value(here, column)).collect(Collectors.joining(", "));
    String names = SqlIdentifier.quoteAll(columns.stream().map(Column::name).toList());
    String quoted = SqlIdentifier.quote(table.name());
    CopyManager reading = connection.unwrap(PGConnection.class).getCopyAPI();
    CopyManager writing = target.unwrap(PGConnection.class).getCopyAPI();
    CopyOut out =
        reading.copyOut(
            "copy (select %s from %s) to stdout (format binary)".formatted(values, quoted));
    CopyIn in = null;
    try {
      in = writing.copyIn("copy %s (%s) from stdin (format binary)".formatted(quoted, names));
      long rows = 0;
      // Each piece is one row, the first with the head before it.
      for (byte[] piece = out.readFromCopy(); piece != null; piece = out.readFromCopy()) {
        in.writeToCopy(piece, 0, piece.length);
        if (++rows % ROWS_BETWEEN_WORDS == 0) {
          observer.advanced(rows);
        }
      }
      return in.endCopy();
    } finally {
      if (in != null && in.isActive()) {
        in.cancelCopy();
      }
      if (out.isActive()) {
        out.cancelCopy();
      }
    }
  }

  /** A column of another type than it should have is cast; the binary format would not do that. */
  private static String value(Table here, Column column) {
    String quoted = SqlIdentifier.quote(column.name());
    boolean same =
        here.column(column.name()).map(own -> own.type().equals(column.type())).orElse(false);
    return same ? quoted : quoted + "::" + column.type().sql();
  }

  /** Its snapshot does not change. */
  @Override
  public void checkUnchanged() {}

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      // It has only read, and is gone already.
      return;
    }
  }
}
