package d2s.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database on the PostgreSQL of this test run. The user may do everything on that server.
 *
 * @param name the name of the database
 */
public record TestDatabase(String host, int port, String name, String user, String password) {

  /** The JDBC URL, with user and password. */
  public String url() {
    return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
        .formatted(host, port, name, user, password);
  }

  /** A new connection in autocommit mode; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }

  /** A data source that opens a new connection each time. */
  public DataSource dataSource() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url());
    return dataSource;
  }

  /** Executes statements in a connection of their own, each by itself. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * All rows of a query, each as the texts of its columns with a blank between them; null is {@code
   * -}.
   */
  public List<String> rows(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return rows(connection, sql);
    }
  }

  /** The same on any connection. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i) == null ? "-" : result.getString(i));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }

  /** Everything that the tables and sequences of the schema public hold, and their definitions. */
  public List<String> everything() throws SQLException {
    List<String> everything = new ArrayList<>();
    for (String table :
        rows(
            "select quote_ident(tablename) from pg_tables where schemaname = 'public' order by 1")) {
      everything.addAll(rows("select '" + table + "', t::text from " + table + " t order by 2"));
    }
    for (String sequence :
        rows("select sequencename from pg_sequences where schemaname = 'public' order by 1")) {
      everything.addAll(
          rows("select '" + sequence + "', last_value, is_called from \"" + sequence + '"'));
    }
    everything.addAll(
        rows("select indexdef from pg_indexes where schemaname = 'public' order by 1"));
    everything.addAll(
        rows(
            "select conrelid::regclass, conname, convalidated, pg_get_constraintdef(oid)"
                + " from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2"));
    return everything;
  }

  /**
   * Makes a copy of this database, much faster than filling another one. Nobody may be connected to
   * this one meanwhile.
   *
   * @param prefix what the name of the copy starts with
   */
  public TestDatabase copy(String prefix) throws SQLException {
    return TestPostgres.createDatabase(prefix, name);
  }

  /** Removes the database, and disconnects who is still connected to it. */
  public void drop() throws SQLException {
    TestPostgres.execute("DROP DATABASE \"" + name + "\" WITH (FORCE)");
  }
}
