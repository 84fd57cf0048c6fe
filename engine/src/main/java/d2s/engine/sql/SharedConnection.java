package d2s.engine.sql;

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
public final class SharedConnection {

  /** PostgreSQL's in_failed_sql_transaction. */
  private static final String TRANSACTION_HAS_FAILED = "25P02";

  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final String database;
  private SQLException first;

  /**
   * @param database which one it leads to, for messages: {@code source} or {@code target}
   */
  public SharedConnection(Connection connection, String database) {
    this.connection = connection;
    this.database = database;
  }

  /** What is done in one turn. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  /** What is done in one turn, without a result. */
  @FunctionalInterface
  public interface Act {
    void with(Connection connection) throws SQLException;
  }

  /** Does something when it is this thread's turn. */
  public <T> T use(Work<T> work) throws SQLException {
    turn.lock();
    try {
      return work.with(connection);
    } catch (SQLException e) {
      throw explained(e);
    } finally {
      turn.unlock();
    }
  }

  /** Does something when nobody else waits for a turn. */
  public <T> T useAfterOthers(Work<T> work) throws SQLException {
    turn.lock();
    while (turn.hasQueuedThreads()) {
      // The lock is fair: whoever waits comes before us now.
      turn.unlock();
      turn.lock();
    }
    try {
      return use(work);
    } finally {
      turn.unlock();
    }
  }

  /**
   * The first failure ends the transaction, and all that others are told is that it has ended. They
   * get the reason of the first one, still as a consequence.
   */
  private SQLException explained(SQLException failure) {
    FailedDatabase.mark(failure, database);
    if (first == null) {
      first = failure;
    } else if (isConsequence(failure)) {
      return FailedDatabase.mark(
          new SQLException(SqlErrors.reason(first), failure.getSQLState(), failure), database);
    }
    return failure;
  }

  /** Whether it only says that something else has failed on the same connection before. */
  public static boolean isConsequence(SQLException failure) {
    return TRANSACTION_HAS_FAILED.equals(failure.getSQLState());
  }

  /** Does something when it is this thread's turn. */
  public void act(Act act) throws SQLException {
    use(
        open -> {
          act.with(open);
          return null;
        });
  }

  /** Executes one statement. */
  public void execute(String sql) throws SQLException {
    act(
        open -> {
          try (var statement = open.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  /** Asks the database to give up what it is doing for whoever has the turn. Does not wait. */
  public void cancel() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      // The connection is gone already, which is as good.
      return;
    }
  }
}
