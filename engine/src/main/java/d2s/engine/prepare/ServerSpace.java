package d2s.engine.prepare;

import d2s.engine.result.CheckResult;
import d2s.engine.sql.RowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether the disk of the target's server has room for the load. PostgreSQL does not say how much
 * is free; where its server runs on this machine, and this user may look, the system does.
 */
public final class ServerSpace {

  /** The name that accepts too little of it. */
  static final String ID = "target-disk-space";

  /** Of the source's size; a load of 370 MB became 270 MB. */
  private static final double LEAST = 0.75;

  /** With the server's log, and some air. */
  private static final double COMFORTABLE = 1.5;

  private static final double MEGABYTE = 1_000_000;

  private static final String CAUSE =
      "A load that finds the disk full is rolled back, and other databases on it stop.";

  private static final String CURE = "Make room, or put the database on another disk.";

  private ServerSpace() {}

  /**
   * @param accepted names of checks that need not hold
   */
  public static CheckResult check(Connection source, Connection target, Set<String> accepted)
      throws SQLException {
    Object bytes = RowReader.scalar(source, "select pg_database_size(current_database())");
    return result(((Number) bytes).longValue(), free(target), accepted.contains(ID));
  }

  /**
   * @param bytes of the source
   * @param free where the target is; -1 if unknown
   */
  static CheckResult result(long bytes, long free, boolean accepted) {
    String needed =
        String.format(
            Locale.ROOT,
            "The target needs about %,.0f MB",
            Math.ceil(COMFORTABLE * bytes / MEGABYTE));
    if (free < 0) {
      return CheckResult.ok(
          ID,
          needed + " on the disk of its server; how much is free there cannot be seen from here.");
    }
    String what =
        needed + String.format(Locale.ROOT, "; its disk has %,.0f MB free.", free / MEGABYTE);
    if (free >= COMFORTABLE * bytes) {
      return CheckResult.ok(ID, what);
    }
    boolean enough = free >= LEAST * bytes || accepted;
    return enough ? CheckResult.warning(ID, what, List.of(), CAUSE, CURE) : error(what);
  }

  private static CheckResult error(String what) {
    return CheckResult.error(
        ID,
        what,
        List.of(),
        CAUSE,
        CURE
            + " If the source's size is misleading, for example because much of it was deleted, go"
            + " on with --accept "
            + ID
            + ".");
  }

  /** A backend of PostgreSQL works in the folder of its databases. */
  private static long free(Connection target) throws SQLException {
    Object process =
        RowReader.scalar(
            target,
            "select pg_backend_pid() where coalesce(host(inet_server_addr()) in ('127.0.0.1', '::1'),"
                + " true)");
    if (process == null) {
      return -1;
    }
    Path backend = Path.of("/proc", process.toString());
    try {
      // In a container of its own the server has another numbering of processes.
      String title = Files.readString(backend.resolve("cmdline"));
      if (!title.startsWith("postgres: ") || !title.contains(" " + target.getCatalog() + " ")) {
        return -1;
      }
      return Files.getFileStore(backend.resolve("cwd").toRealPath()).getUsableSpace();
    } catch (IOException e) {
      return -1;
    }
  }
}
