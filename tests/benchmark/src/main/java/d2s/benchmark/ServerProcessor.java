package d2s.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/** How much processor time a PostgreSQL on this machine has used, from /proc. */
final class ServerProcessor {

  /** Linux counts in hundredths of a second for every program, whatever it does itself. */
  private static final double TICKS = 100;

  private final long postmaster;

  private ServerProcessor(long postmaster) {
    this.postmaster = postmaster;
  }

  /** The server whose first process this is. */
  static ServerProcessor of(long postmaster) {
    return new ServerProcessor(postmaster);
  }

  /** Finds the process that starts all others of a server. */
  static ServerProcessor of(DatabaseServer server) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return new ServerProcessor(
          ProcessHandle.of(row.getLong(1))
              .flatMap(ProcessHandle::parent)
              .map(ProcessHandle::pid)
              .orElse(0L));
    }
  }

  /** Seconds since its start, of all its processes, also of those that have ended. */
  double seconds() throws IOException {
    if (postmaster == 0) {
      return Double.NaN;
    }
    long ticks = ticks(postmaster, 4);
    try (Stream<ProcessHandle> children =
        ProcessHandle.of(postmaster).map(ProcessHandle::children).orElse(Stream.empty())) {
      for (ProcessHandle child : children.toList()) {
        ticks += ticks(child.pid(), 2);
      }
    }
    return ticks / TICKS;
  }

  /** The sum of utime, stime, and with 4 fields of cutime and cstime: children that have ended. */
  private static long ticks(long process, int fields) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
      String[] values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long sum = 0;
      for (int i = 11; i < 11 + fields; i++) {
        sum += Long.parseLong(values[i]);
      }
      return sum;
    } catch (IOException e) {
      return 0; // it has ended; its parent counts it from now on
    }
  }
}
