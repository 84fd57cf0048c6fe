package d2s.engine.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
