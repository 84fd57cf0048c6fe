package d2s.cli;

import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionString;
import d2s.cli.connection.Surroundings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that a demonstration starts, in one temporary directory. Closing it stops what runs
 * and removes the directory, also while another thread is still busy on it, which then fails.
 */
final class DemoStage implements AutoCloseable {

  private static final int REMOVAL_ATTEMPTS = 50;
  private static final long REMOVAL_PAUSE_MILLIS = 100;

  private static final String USER = "postgres";

  /**
   * The server trusts connections from this machine; a password is given because Synapse wants one.
   */
  private static final String PASSWORD = "unused";

  private final Path directory;
  private EmbeddedPostgres postgres;
  private SynapseProcess synapse;
  private boolean closed;

  DemoStage() throws IOException {
    directory = Files.createTempDirectory("d2s-demo");
  }

  Path directory() {
    return directory;
  }

  synchronized void startPostgres() throws IOException {
    requireOpen();
    postgres =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(directory.resolve("postgresql").toFile())
            .setDataDirectory(directory.resolve("data"))
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            // The stage is closed on every way out.
            .setRegisterShutdownHook(false)
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  synchronized void createDatabase(String name) throws SQLException {
    requireOpen();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE DATABASE "
              + name
              + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
    }
  }

  synchronized Connection connect(String database) throws SQLException {
    requireOpen();
    return postgres.getDatabase(USER, database).getConnection();
  }

  /** Settings as a user would give them. */
  synchronized ConnectionSettings settings(String database) throws InvalidConnectionString {
    requireOpen();
    String text =
        "host=localhost port=%d dbname=%s user=%s password=%s sslmode=disable"
            .formatted(postgres.getPort(), database, USER, PASSWORD);
    Surroundings none = new Surroundings(Map.of(), USER, directory, List.of());
    return ConnectionSettings.complete(ConnectionString.parse(text), none);
  }

  /** The same for Synapse's configuration. */
  synchronized SynapseDatabase synapseDatabase(String database) {
    requireOpen();
    return new SynapseDatabase("localhost", postgres.getPort(), database, USER, PASSWORD);
  }

  /** Starts a Synapse on a migrated database, with a new signing key. */
  synchronized SynapseProcess startSynapse(
      SynapseInstallation installation, String serverName, SynapseDatabase database)
      throws IOException {
    requireOpen();
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    String key = "ed25519 a_demo " + Base64.getEncoder().withoutPadding().encodeToString(seed);
    synapse =
        SynapseProcess.start(
            installation,
            SynapseConfiguration.forService(serverName, database, key),
            directory.resolve("synapse"));
    return synapse;
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
   * Stops everything and removes the directory. May be called again.
   *
   * @return whether the directory is gone; a program that is just ending may still write to it
   */
  synchronized boolean end() {
    if (!closed) {
      closed = true;
      if (synapse != null) {
        synapse.close();
      }
      if (postgres != null) {
        stopPostgres();
      }
    }
    try {
      deleteDirectory();
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private void stopPostgres() {
    try {
      postgres.close();
    } catch (IOException e) {
      postgres.getProcess().destroyForcibly();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the demonstration was ended");
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
