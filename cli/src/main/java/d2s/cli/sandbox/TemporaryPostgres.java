package d2s.cli.sandbox;

import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionStringException;
import d2s.cli.framework.Environment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A PostgreSQL in a temporary directory, which takes nobody without its password: whoever may
 * connect to a server as its superuser may run programs as the user that it belongs to. Closing it
 * stops the server and removes the directory with everything else that was put there, also while
 * another thread is still busy with it, which then fails.
 */
public final class TemporaryPostgres implements AutoCloseable {

  private static final int REMOVAL_ATTEMPTS = 50;
  private static final long REMOVAL_PAUSE_MILLIS = 100;

  private static final String USER = "postgres";

  /** Of the library, read when a builder is made. */
  private static final String FOLDER_PROPERTY = "ot.epg.working-dir";

  /** Long enough that nobody guesses it, in bytes. */
  private static final int PASSWORD_LENGTH = 24;

  /**
   * Those of initdb. To hash a password thousands of times protects one that can be guessed. This
   * one is random, and it would take long for each connection.
   */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "locale", "C",
          "encoding", "UTF8",
          "auth", "scram-sha-256",
          "set", "scram_iterations=1");

  private final Path directory;
  private EmbeddedPostgres server;
  private Connection administration;
  private boolean closed;

  private String password;

  public TemporaryPostgres() throws IOException {
    this(Files.createTempDirectory("d2s"));
  }

  /**
   * @param directory an own one, which is removed in the end
   */
  public TemporaryPostgres(Path directory) {
    this.directory = directory;
    byte[] bytes = new byte[PASSWORD_LENGTH];
    new SecureRandom().nextBytes(bytes);
    password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  public Path directory() {
    return directory;
  }

  public synchronized void start() throws IOException {
    start(Map.of());
  }

  /**
   * @param configuration settings of the server
   * @throws StartFailedException if it does not start
   */
  public synchronized void start(Map<String, String> configuration) throws IOException {
    requireOpen();
    EmbeddedPostgres.Builder builder = builder();
    configuration.forEach(builder::setServerConfig);
    OPTIONS.forEach(builder::setLocaleConfig);
    Path programs = PostgresPrograms.folder(directory);
    Optional<KeptCluster> kept = KeptCluster.of(programs, directory, OPTIONS);
    boolean copied = false;
    // Of initdb too, so that there is no moment without it; the folder is this user's alone.
    Path passwordFile = directory.resolve("password");
    try {
      if (kept.isPresent()) {
        Optional<String> known = kept.get().copyTo(data());
        copied = known.isPresent();
        password = known.orElse(password);
      }
      if (kept.isPresent() && !copied) {
        builder.setDataDirectoryCustomizer(made -> kept.get().keep(made.toPath(), password));
      }
      Files.writeString(passwordFile, password);
      server =
          builder
              .setOverrideWorkingDirectory(programs.toFile())
              .setDataDirectory(data())
              // The library would make it again.
              .setCleanDataDirectory(!copied)
              .setLocaleConfig("pwfile", passwordFile.toString())
              .setConnectConfig("password", password)
              // It is closed on every way out.
              .setRegisterShutdownHook(false)
              .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
              .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
              .start();
      Files.delete(passwordFile);
    } catch (IOException | IllegalStateException | ExceptionInInitializerError e) {
      if (copied) {
        kept.get().discard();
      }
      // The library unpacks the programs and runs them; it has one of these for each step.
      throw new StartFailedException(directory, e);
    }
  }

  /** The library makes a folder for whatever it keeps, which stays; it is to be in this one. */
  private EmbeddedPostgres.Builder builder() {
    String before = System.getProperty(FOLDER_PROPERTY);
    System.setProperty(FOLDER_PROPERTY, directory.resolve("postgresql").toString());
    try {
      return EmbeddedPostgres.builder();
    } finally {
      if (before == null) {
        System.clearProperty(FOLDER_PROPERTY);
      } else {
        System.setProperty(FOLDER_PROPERTY, before);
      }
    }
  }

  /**
   * Whether the programs are kept for the next time. Otherwise they are in the directory.
   *
   * @param directory belongs to this user
   */
  public static boolean keepsPrograms(Path directory) {
    return !PostgresPrograms.folder(directory).startsWith(directory);
  }

  private Path data() {
    return directory.resolve("data");
  }

  /** Makes an empty database as a homeserver wants it. */
  public synchronized void createDatabase(String name) throws SQLException {
    try (Statement statement = administration().createStatement()) {
      statement.execute(
          "CREATE DATABASE \""
              + name
              + "\" TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
    }
  }

  /**
   * Makes a copy of a database to which nobody is connected. Its files are copied, which takes a
   * fifth of what PostgreSQL would take to log every page.
   */
  public synchronized void copyDatabase(String name, String original) throws SQLException {
    try (Statement statement = administration().createStatement()) {
      statement.execute(
          "CREATE DATABASE \"" + name + "\" TEMPLATE \"" + original + "\" STRATEGY file_copy");
    }
  }

  /** One connection for all databases that are made: to open one each time takes longer. */
  private Connection administration() throws SQLException {
    if (administration == null) {
      administration = connect(USER);
    }
    return administration;
  }

  public synchronized Connection connect(String database) throws SQLException {
    return dataSource(database).getConnection();
  }

  /** Connections to a database. */
  public synchronized DataSource dataSource(String database) {
    requireOpen();
    return server.getDatabase(USER, database, Map.of("password", password));
  }

  /** Settings as a user would give them. */
  public synchronized ConnectionSettings settings(String database)
      throws InvalidConnectionStringException {
    requireOpen();
    String text =
        "host=localhost port=%d dbname=%s user=%s password=%s sslmode=disable"
            .formatted(server.getPort(), database, USER, password);
    Environment none = new Environment(Map.of(), USER, directory, List.of());
    return ConnectionSettings.complete(ConnectionString.parse(text), none);
  }

  /** The same for Synapse's configuration. */
  public synchronized SynapseDatabase synapseDatabase(String database) {
    requireOpen();
    return new SynapseDatabase("localhost", server.getPort(), database, USER, password);
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
      stop();
    }
    try {
      Folders.delete(directory);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void stop() {
    boolean ended = false;
    try {
      // Also one that is not there yet for whoever started it.
      ended = ServerProcess.stop(data());
    } catch (IOException e) {
      // It may still be there; the library looks for itself.
      ended = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended && server != null) {
      try {
        server.close();
      } catch (IOException e) {
        server.getProcess().destroyForcibly();
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the temporary PostgreSQL was closed");
    }
  }
}
