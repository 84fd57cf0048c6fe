package d2s.cli.layout;

import d2s.cli.connection.ConnectionFailedException;
import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.Database;
import d2s.cli.connection.InvalidConnectionStringException;
import d2s.cli.sandbox.StartFailedException;
import d2s.cli.sandbox.TemporaryPostgres;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.sql.SqlIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An empty PostgreSQL database for the time of a command: in a temporary PostgreSQL, or one that
 * the user gives. It is gone, or empty again, when this is closed.
 */
public final class StagingArea implements AutoCloseable {

  private static final String NAME = "staging";

  /** Says that whatever is in a given database is from here. */
  private static final String MARK = "d2s_staging";

  /** Nobody else may use a given database at the same time. */
  private static final long LOCK = 0x6432_735f_7374_6167L;

  /** An empty PostgreSQL with its program files, in bytes. */
  private static final long SERVER_BYTES = 300_000_000;

  /**
   * How much room rows and indexes take in PostgreSQL beside the source, at most. Both real SQLite
   * files and real databases took less.
   */
  private static final double ROOM = 2.0;

  /** It need not survive a crash, has one user, and holds what can be read again. */
  private static final Map<String, String> CONFIGURATION =
      Map.of(
          "fsync", "off",
          "synchronous_commit", "off",
          "full_page_writes", "off",
          "autovacuum", "off",
          "wal_level", "minimal",
          "max_wal_senders", "0",
          "max_wal_size", "1GB",
          "shared_buffers", "128MB",
          "listen_addresses", "localhost",
          "unix_socket_directories", "");

  private final TemporaryPostgres postgres;
  private final ConnectionSettings settings;
  private final Database given;
  private final Connection keeper;

  /**
   * Either a temporary server, or a database of the user and the connection that holds its lock.
   */
  private StagingArea(
      TemporaryPostgres postgres, ConnectionSettings settings, Database given, Connection keeper) {
    this.postgres = postgres;
    this.settings = settings;
    this.given = given;
    this.keeper = keeper;
  }

  /**
   * Refuses if there is not enough room for all of it in a temporary PostgreSQL.
   *
   * @param bytes how large the source is
   * @param copies how large the files are that have to be copied before they can be read
   */
  public static void checkRoom(Path folder, long bytes, long copies) throws IOException {
    checkRoom(
        folder,
        (long) (bytes * ROOM) + SERVER_BYTES + copies,
        "The source is brought together in a temporary PostgreSQL, which may take ",
        ". Name another folder with --staging-dir DIR, or an empty PostgreSQL"
            + " database with --staging-db CONNECTION");
  }

  /**
   * Refuses if there is not enough room for files that have to be copied before they can be read.
   *
   * @param bytes how large they are
   */
  public static void checkRoomForCopies(Path folder, long bytes) throws IOException {
    checkRoom(
        folder,
        bytes,
        "SQLite files with a log or journal beside them are copied before they are read, which"
            + " takes ",
        ". Name another folder with --staging-dir DIR");
  }

  private static void checkRoom(Path folder, long wanted, String why, String advice)
      throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < wanted) {
      throw new PreconditionFailedException(
          "staging",
          List.of(
              why
                  + megabytes(wanted)
                  + " in "
                  + folder.getParent()
                  + "; there are "
                  + megabytes(free)
                  + " free"
                  + advice));
    }
  }

  private static String megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000 + " MB";
  }

  /** Starts a temporary PostgreSQL in the folder. */
  public static StagingArea temporary(StagingDirectory directory) throws IOException, SQLException {
    TemporaryPostgres postgres = new TemporaryPostgres(directory.path());
    try {
      postgres.start(CONFIGURATION);
      postgres.createDatabase(NAME);
      return new StagingArea(postgres, postgres.settings(NAME), null, null);
    } catch (InvalidConnectionStringException e) {
      postgres.close();
      throw new IllegalStateException(e);
    } catch (StartFailedException e) {
      // Before what it has written is removed.
      List<String> reasons = reasons(e, directory.path());
      postgres.close();
      throw new PreconditionFailedException("staging", reasons);
    } catch (IOException | SQLException | RuntimeException | Error e) {
      postgres.close();
      throw e;
    }
  }

  private static List<String> reasons(StartFailedException failure, Path folder)
      throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    String room =
        free < SERVER_BYTES
            ? " The disk is nearly full: there are " + megabytes(free) + " free."
            : "";
    return List.of(
        String.join(" ", failure.reasons())
            + room
            + " Name another folder with --staging-dir DIR, or an empty PostgreSQL database with"
            + " --staging-db CONNECTION.");
  }

  /** Takes an empty database of the user; what a killed command left in it is removed. */
  public static StagingArea given(ConnectionSettings settings)
      throws ConnectionFailedException, SQLException {
    Database database = Database.open("staging", settings);
    try {
      Connection keeper = database.getConnection();
      try (Statement statement = keeper.createStatement()) {
        if (!truth(statement, "select pg_try_advisory_lock(" + LOCK + ")")) {
          throw new PreconditionFailedException(
              "staging",
              List.of(
                  "Another run uses the staging "
                      + settings.describe()
                      + ". Wait for it to end, or name another database."));
        }
        boolean marked = truth(statement, "select to_regtype('public." + MARK + "') is not null");
        boolean empty =
            truth(
                statement,
                "select not exists (select from pg_class where relnamespace ="
                    + " 'public'::regnamespace and relkind in ('r', 'p', 'S', 'v', 'm'))");
        if (!empty && !marked) {
          throw new PreconditionFailedException(
              "staging",
              List.of(
                  "The staging "
                      + settings.describe()
                      + " is not empty. Name an empty one with --staging-db: whatever is in it"
                      + " would be removed in the end."));
        }
        clear(statement);
        statement.execute("create domain public." + MARK + " as int");
      }
      return new StagingArea(null, settings, database, keeper);
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static boolean truth(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static void clear(Statement statement) throws SQLException {
    List<String> drops = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select relkind::text, relname from pg_class where relnamespace ="
                + " 'public'::regnamespace and relkind in ('r', 'S') order by relkind desc,"
                + " relname")) {
      while (rows.next()) {
        drops.add(
            (rows.getString(1).equals("r")
                    ? "drop table if exists public."
                    : "drop sequence if exists public.")
                + SqlIdentifier.quote(rows.getString(2))
                + " cascade");
      }
    }
    drops.add("drop domain if exists public." + MARK);
    for (String drop : drops) {
      statement.execute(drop);
    }
  }

  /** How to connect to the empty database. */
  public ConnectionSettings settings() {
    return settings;
  }

  /** Ends it, from any thread, also while another one is busy with it, which then fails. */
  public boolean end() {
    return postgres == null || postgres.end();
  }

  @Override
  public void close() {
    if (postgres != null) {
      postgres.close();
    }
    if (keeper != null) {
      try (Statement statement = keeper.createStatement()) {
        clear(statement);
        keeper.close();
      } catch (SQLException e) {
        // The next run removes it; the lock goes with the connection.
        return;
      } finally {
        given.close();
      }
    }
  }
}
