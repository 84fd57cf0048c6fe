package d2s.crash;

import d2s.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL server of a test alone, which it can stop as a power failure would. */
final class Cluster implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 30;

  /** More than there can be on its disk. */
  private static final int MOST_LOG_FILES = 40;

  private final Path directory;
  private final Map<String, String> configuration;
  private final Path log;
  private EmbeddedPostgres server;
  private int port;

  private Cluster(Path directory, Map<String, String> configuration, Path log) {
    this.directory = directory;
    this.configuration = configuration;
    this.log = log;
  }

  /**
   * @param directory an own one, for all files of the server
   */
  static Cluster start(Path directory, Map<String, String> configuration) throws IOException {
    return start(directory, configuration, null);
  }

  /**
   * @param log an empty folder for its write-ahead log; null if that is with the other files
   */
  static Cluster start(Path directory, Map<String, String> configuration, Path log)
      throws IOException {
    Cluster cluster = new Cluster(directory, configuration, log);
    cluster.start();
    return cluster;
  }

  private void start() throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data())
            .setCleanDataDirectory(false)
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF8")
            .setPGStartupWait(Duration.ofSeconds(PATIENCE_SECONDS))
            .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD);
    configuration.forEach(builder::setServerConfig);
    if (log != null) {
      // These are the options of initdb.
      builder.setLocaleConfig("waldir", log.toString());
    }
    if (port != 0) {
      builder.setPort(port);
    }
    server = builder.start();
    port = server.getPort();
  }

  private Path data() {
    return directory.resolve("data");
  }

  /** Ends all processes of the server at once, without a checkpoint. */
  void stopImmediately() {
    try {
      long postmaster =
          Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).get(0).strip());
      ProcessHandle process = ProcessHandle.of(postmaster).orElseThrow();
      new ProcessBuilder("kill", "-QUIT", Long.toString(postmaster)).start().waitFor();
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      // Lets go of its folder; there is nothing to stop any more.
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }

  /**
   * Uses up what is left of its log, until it stops by itself.
   *
   * @throws IllegalStateException if it does not
   */
  void writeLogUntilItStops() {
    try (Connection connection = database("postgres").connect();
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < MOST_LOG_FILES; i++) {
        statement.execute("select pg_logical_emit_message(false, 'd2s', 'more'), pg_switch_wal()");
      }
    } catch (SQLException e) {
      return;
    }
    throw new IllegalStateException("there is still room for its log");
  }

  /** Makes it work again, whether it has ended or tries to recover. */
  void restart() throws IOException {
    if (Files.exists(data().resolve("postmaster.pid"))) {
      stopImmediately();
    } else {
      server.close();
    }
    start();
  }

  /**
   * Makes a standby of this server, which goes on for itself.
   *
   * @param directory an own one, for all files of the standby
   * @param more configuration beside that of this server
   */
  Cluster standby(Path directory, Map<String, String> more)
      throws IOException, InterruptedException {
    stopImmediately();
    Files.createDirectories(directory);
    Process copying =
        new ProcessBuilder("cp", "-a", data().toString(), directory.toString()).start();
    if (copying.waitFor() != 0) {
      throw new IOException("the files of the server could not be copied");
    }
    startAgain();
    Path copy = directory.resolve("data");
    Files.deleteIfExists(copy.resolve("postmaster.pid"));
    Files.createFile(copy.resolve("standby.signal"));
    Map<String, String> standby = new TreeMap<>(configuration);
    standby.put("primary_conninfo", "'host=localhost port=" + port + " user=postgres'");
    standby.putAll(more);
    return start(directory, standby);
  }

  /** Waits until a standby has everything that this server has now. */
  void awaitReplay(Cluster standby) throws SQLException, InterruptedException {
    String now = database("postgres").rows("select pg_current_wal_lsn()").get(0);
    String behind = "select coalesce(pg_last_wal_replay_lsn() < '" + now + "', true)";
    while (standby.database("postgres").rows(behind).get(0).equals("t")) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** After {@link #stopImmediately}; it recovers by itself. */
  void startAgain() throws IOException {
    start();
  }

  int port() {
    return port;
  }

  TestDatabase database(String name) {
    return new TestDatabase("localhost", port, name, "postgres", "postgres");
  }

  /** The same database for somebody else. */
  TestDatabase database(String name, String user) {
    return new TestDatabase("localhost", port, name, user, "postgres");
  }

  void execute(String... statements) throws SQLException {
    database("postgres").execute(statements);
  }

  /** Makes an empty database as a homeserver wants it. */
  TestDatabase create(String name) throws SQLException {
    execute(
        "create database "
            + name
            + " template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'");
    return database(name);
  }

  /** Makes a copy of a database that nobody uses. */
  TestDatabase copy(String template, String name, String more) throws SQLException {
    execute("create database " + name + " template " + template + " strategy file_copy " + more);
    return database(name);
  }

  void drop(String name) throws SQLException {
    execute("drop database if exists " + name + " with (force)");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
