package d2s.cli.sandbox;

import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionStringException;
import d2s.cli.framework.Environment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL in a temporary directory. Closing it stops the server and removes the directory with
 * everything else that was put there, also while another thread is still busy with it, which then
 * fails.
 */
public final class TemporaryPostgres implements AutoCloseable {

  private static final int REMOVAL_ATTEMPTS = 50;
  private static final long REMOVAL_PAUSE_MILLIS = 100;

  private static final String USER = "postgres";

  /** The server trusts connections from this machine; Synapse wants a password all the same. */
  private static final String PASSWORD = "unused";

  private final Path directory;
  private EmbeddedPostgres server;
  private boolean closed;

  public TemporaryPostgres() throws IOException {
    directory = Files.createTempDirectory("d2s");
  }

  public Path directory() {
    return directory;
  }

  public synchronized void start() throws IOException {
    requireOpen();
    server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(directory.resolve("postgresql").toFile())
            .setDataDirectory(directory.resolve("data"))
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            // It is closed on every way out.
            .setRegisterShutdownHook(false)
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /** Makes an empty database as a homeserver wants it. */
  public synchronized void createDatabase(String name) throws SQLException {
    try (Connection connection = connect(USER);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE \""
              + name
              + "\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
    }
  }

  public synchronized Connection connect(String database) throws SQLException {
    requireOpen();
    return server.getDatabase(USER, database).getConnection();
  }

  /** Settings as a user would give them. */
  public synchronized ConnectionSettings settings(String database)
      throws InvalidConnectionStringException {
    requireOpen();
    String text =
        "host=localhost port=%d dbname=%s user=%s password=%s sslmode=disable"
            .formatted(server.getPort(), database, USER, PASSWORD);
    Environment none = new Environment(Map.of(), USER, directory, List.of());
    return ConnectionSettings.complete(ConnectionString.parse(text), none);
  }

  /** The same for Synapse's configuration. */
  public synchronized SynapseDatabase synapseDatabase(String database) {
    requireOpen();
    return new SynapseDatabase("localhost", server.getPort(), database, USER, PASSWORD);
  }

  @Override
  public void close() {
    for (int attempt = 0; !end() && attempt < REMOVAL_ATTEMPTS; attempt++) {
      try {
        Thread.sleep(REMOVAL_PAUSE_MILLIS);
      } catch (InterruptedException e) {
        // Whoever interrupted goes on with the removal.
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * Stops the server and removes the directory. May be called again.
   *
   * @return whether the directory is gone; a program that is just ending may still write to it
   */
  public synchronized boolean end() {
    if (!closed) {
      closed = true;
      if (server != null) {
        stop();
      }
    }
    try {
      deleteDirectory();
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private void stop() {
    try {
      server.close();
    } catch (IOException e) {
      server.getProcess().destroyForcibly();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the temporary PostgreSQL was closed");
    }
  }

  private void deleteDirectory() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
