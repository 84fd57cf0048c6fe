package d2s.engine.read;

import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SharedConnection;
import d2s.engine.sql.Snapshots;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Several connections to the source that all see the same moment. */
public final class SourceSnapshot implements AutoCloseable {

  private final List<Connection> opened = new ArrayList<>();
  private final List<SharedConnection> connections = new ArrayList<>();

  /**
   * @param first has begun to read; the others see what it sees
   * @param count how many there are to be, the first included
   */
  public SourceSnapshot(Connection first, DataSource source, int count) throws SQLException {
    connections.add(new SharedConnection(first, "source"));
    String snapshot = Snapshots.export(first);
    try {
      while (connections.size() < count) {
        Connection other = source.getConnection();
        opened.add(other);
        Snapshots.begin(other, snapshot);
        connections.add(new SharedConnection(other, "source"));
      }
    } catch (SQLException e) {
      close();
      throw FailedDatabase.mark(e, "source");
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public List<SharedConnection> connections() {
    return connections;
  }

  /** Ends what was opened here; the first connection stays open. */
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
