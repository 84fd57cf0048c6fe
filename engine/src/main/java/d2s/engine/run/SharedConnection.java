package d2s.engine.run;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.postgresql.PGConnection;

/**
 * A connection that several threads use in turns; who has waited longest is next.
 *
 * <p>The driver lets readers wait while a COPY goes on, but wakes only one of them when it ends:
 * without turns of their own, two would wait for ever.
 */
final class SharedConnection {

  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock(true);

  SharedConnection(Connection connection) {
    this.connection = connection;
  }

  /** What is done in one turn. */
  @FunctionalInterface
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** What is done in one turn, without a result. */
  @FunctionalInterface
  interface Act {
    void with(Connection connection) throws SQLException;
  }

  /** Does something when it is this thread's turn. */
  <T> T use(Work<T> work) throws SQLException {
    turn.lock();
    try {
      return work.with(connection);
    } finally {
      turn.unlock();
    }
  }

  /** Does something when it is this thread's turn. */
  void act(Act act) throws SQLException {
    use(
        open -> {
          act.with(open);
          return null;
        });
  }

  /** Executes one statement. */
  void execute(String sql) throws SQLException {
    act(
        open -> {
          try (var statement = open.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  /** Asks the database to give up what it is doing for whoever has the turn. Does not wait. */
  void cancel() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      // The connection is gone already, which is as good.
      return;
    }
  }
}
