package d2s.engine.verify;

import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.Snapshots;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Pairs of connections that all see the same moment of the two databases. */
final class Lanes implements AutoCloseable {

  /** For one sort or one hash table of one query. */
  private static final String QUERY_MEMORY = "32MB";

  private final List<LoadedTarget> lanes = new ArrayList<>();
  private final List<Connection> opened = new ArrayList<>();

  private Lanes(LoadedTarget first) {
    lanes.add(first);
  }

  /**
   * Opens what is missing.
   *
   * @param first has begun to read on both sides
   * @param count how many pairs there are to be, the first included
   * @throws SQLException if one cannot be opened
   */
  static Lanes of(LoadedTarget first, DataSource source, DataSource target, int count)
      throws SQLException {
    Lanes lanes = new Lanes(first);
    if (count < 2) {
      return lanes;
    }
    try {
      String before = Snapshots.export(first.source());
      String after = Snapshots.export(first.target());
      while (lanes.lanes.size() < count) {
        lanes.lanes.add(
            new LoadedTarget(
                first.facts(),
                lanes.open(source, before, "source"),
                lanes.open(target, after, "target"),
                first.folders()));
      }
    } catch (SQLException | RuntimeException e) {
      lanes.close();
      throw e;
    }
    return lanes;
  }

  private Connection open(DataSource database, String snapshot, String name) throws SQLException {
    try {
      Connection connection = database.getConnection();
      opened.add(connection);
      Snapshots.begin(connection, snapshot);
      prepare(connection);
      return connection;
    } catch (SQLException e) {
      throw FailedDatabase.mark(e, name);
    }
  }

  /** Settings for queries over whole tables, for the time of the transaction. */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local work_mem = '" + QUERY_MEMORY + "'");
      // Compiling a query takes longer than it saves, even at a million rows.
      statement.execute("set local jit = off");
      // By default PostgreSQL takes four gigabytes for cached, and so reads whole tables in the
      // order of an index, each page again and again. To sort them takes less than half as long.
      statement.execute(
          "select set_config('effective_cache_size', current_setting('shared_buffers'), true)");
    }
  }

  List<LoadedTarget> all() {
    return lanes;
  }

  /** Asks the databases to give up what they are doing. */
  void cancel() {
    for (LoadedTarget lane : lanes) {
      new SharedConnection(lane.source(), "source").cancel();
      new SharedConnection(lane.target(), "target").cancel();
    }
  }

  /** Ends what was opened here; the first pair stays open. */
  @Override
  public void close() {
    for (Connection connection : opened) {
      try (connection) {
        connection.rollback();
      } catch (SQLException e) {
        // It has only read, and is gone already.
        continue;
      }
    }
  }
}
