package d2s.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import d2s.cli.sandbox.SynapseDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL that is measured: one that runs already, or an own one with the settings that
 * PostgreSQL comes with (it waits for the disk, other than that of the tests).
 */
final class DatabaseServer implements AutoCloseable {
  private final String host;
  private final int port;
  private final String user;
  private final String password;
  private final EmbeddedPostgres own;

  private DatabaseServer(
      String host, int port, String user, String password, EmbeddedPostgres own) {
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
    this.own = own;
  }

  /**
   * A server that runs.
   *
   * @param url {@code jdbc:postgresql://host:port/database?user=…&password=…}; its role must be
   *     allowed to make databases
   */
  static DatabaseServer at(String url) {
    PGSimpleDataSource parsed = new PGSimpleDataSource();
    parsed.setUrl(url);
    return new DatabaseServer(
        parsed.getServerNames()[0],
        parsed.getPortNumbers()[0] == 0 ? 5432 : parsed.getPortNumbers()[0],
        parsed.getUser(),
        parsed.getPassword(),
        null);
  }

  static DatabaseServer start(Path directory) throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(directory.resolve("postgresql").toFile())
            .setDataDirectory(directory.resolve("data"))
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100")
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new DatabaseServer("localhost", server.getPort(), "postgres", "unused", server);
  }

  /** The JDBC URL of a database, which the program understands too. */
  String url(String database) {
    // As the program itself does it on this machine, so that the floor is not encrypted either.
    return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s&sslmode=allow"
        .formatted(host, port, database, user, password == null ? "" : password);
  }

  /** The same as pg_dump and pg_restore understand it. */
  String libpqUrl(String database) {
    String secret = password == null ? "" : ":" + URLEncoder.encode(password, UTF_8);
    return "postgresql://%s%s@%s:%d/%s".formatted(user, secret, host, port, database);
  }

  DataSource dataSource(String database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url(database));
    return dataSource;
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  SynapseDatabase synapse(String database) {
    return new SynapseDatabase(host, port, database, user, password == null ? "" : password);
  }

  /** Makes a database anew. */
  void create(String name, String template) throws SQLException {
    drop(name);
    execute(
        "CREATE DATABASE \"%s\" TEMPLATE \"%s\" ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
            .formatted(name, template));
  }

  void drop(String name) throws SQLException {
    execute("DROP DATABASE IF EXISTS \"%s\" WITH (FORCE)".formatted(name));
  }

  /** So that nobody pays for what others have written before. */
  void settle() throws SQLException {
    execute("CHECKPOINT");
  }

  String version() throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW server_version")) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    if (own != null) {
      own.close();
    }
  }
}
