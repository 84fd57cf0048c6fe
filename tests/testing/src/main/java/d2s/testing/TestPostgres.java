package d2s.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.containers.PostgreSQLContainer;

/**
 * The real PostgreSQL that the tests of one JVM share.
 *
 * <p>It is a container where a Docker engine answers, otherwise an embedded PostgreSQL from Maven
 * (which also works as root, by way of a user namespace). It starts when the first database is
 * asked for, says in one line which one it is, and stops with the JVM. Nothing in it survives a
 * crash: it runs without fsync.
 */
public final class TestPostgres {

  private static final String IMAGE = "postgres:17";
  private static final Duration PATIENCE_WITH_DOCKER = Duration.ofMillis(1500);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestPostgres() {}

  /**
   * Creates an empty database as a homeserver wants it: from template0, UTF8, C collation.
   *
   * @param prefix what its name starts with; a number that is unique in this JVM is appended, so
   *     that tests never meet
   */
  public static TestDatabase createDatabase(String prefix) throws SQLException {
    return createDatabase(prefix, "template0");
  }

  static TestDatabase createDatabase(String prefix, String template) throws SQLException {
    String name = prefix + "_" + NUMBER.incrementAndGet();
    execute(
        "CREATE DATABASE \"%s\" TEMPLATE \"%s\" ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
            .formatted(name, template));
    TestDatabase server = Server.SELF;
    return new TestDatabase(server.host(), server.port(), name, server.user(), server.password());
  }

  static void execute(String sql) throws SQLException {
    try (Connection connection = Server.SELF.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Starts the server when it is first touched; its field is the maintenance database. */
  private static final class Server {
    static final TestDatabase SELF = start();

    private static TestDatabase start() {
      if (!DockerEngine.answers(System.getenv(), PATIENCE_WITH_DOCKER)) {
        return startEmbedded("no Docker engine answered");
      }
      try {
        return startContainer();
      } catch (RuntimeException e) {
        return startEmbedded("Docker could not start " + IMAGE + ": " + e.getMessage());
      }
    }

    @SuppressWarnings("resource") // lives as long as the JVM
    private static TestDatabase startContainer() {
      PostgreSQLContainer<?> container =
          new PostgreSQLContainer<>(IMAGE)
              .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
      container.start();
      Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
      System.out.println("Tests use PostgreSQL in a container: " + IMAGE + ".");
      return new TestDatabase(
          container.getHost(),
          container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
          container.getDatabaseName(),
          container.getUsername(),
          container.getPassword());
    }

    @SuppressWarnings("resource") // lives as long as the JVM; it stops itself in a shutdown hook
    private static TestDatabase startEmbedded(String why) {
      try {
        EmbeddedPostgres postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "200")
                .start();
        System.out.println("Tests use an embedded PostgreSQL (" + why + ").");
        return new TestDatabase(
            "localhost", postgres.getPort(), "postgres", "postgres", "postgres");
      } catch (IOException e) {
        throw new UncheckedIOException("The embedded PostgreSQL for the tests did not start", e);
      }
    }
  }
}
