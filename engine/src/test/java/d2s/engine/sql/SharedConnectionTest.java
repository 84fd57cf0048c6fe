package d2s.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After a failure in a transaction, everybody is told what it was. */
class SharedConnectionTest {

  @Test
  void laterTurnsAreToldOfTheFirstFailure() throws SQLException {
    TestDatabase database = TestPostgres.createDatabase("shared");
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      SharedConnection shared = new SharedConnection(connection);

      SQLException first = fails(shared, "select 1 / 0");
      SQLException second = fails(shared, "select 'fine'");
      assertThat(first.getMessage()).contains("division by zero");
      assertThat(SharedConnection.isConsequence(first)).isFalse();
      assertThat(second.getMessage()).isEqualTo("division by zero");
      assertThat(SharedConnection.isConsequence(second)).isTrue();
    } finally {
      database.drop();
    }
  }

  @Test
  @Timeout(60)
  void whoCanWaitLetsOthersGoFirst() throws Exception {
    TestDatabase database = TestPostgres.createDatabase("shared");
    try (Connection connection = database.connect()) {
      SharedConnection shared = new SharedConnection(connection);
      List<String> turns = Collections.synchronizedList(new ArrayList<>());
      List<Thread> waiting = new ArrayList<>();
      shared.act(
          open -> {
            waiting.add(waiting(() -> shared.useAfterOthers(any -> turns.add("patient"))));
            waiting.add(waiting(() -> shared.use(any -> turns.add("first"))));
            waiting.add(waiting(() -> shared.use(any -> turns.add("second"))));
          });
      for (Thread thread : waiting) {
        thread.join();
      }
      assertThat(turns).containsExactly("first", "second", "patient");
    } finally {
      database.drop();
    }
  }

  /** Begins to wait for a turn. */
  private static Thread waiting(Callable<?> turn) {
    Thread thread = new Thread(new FutureTask<>(turn));
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private static SQLException fails(SharedConnection shared, String sql) {
    return catchThrowableOfType(SQLException.class, () -> shared.execute(sql));
  }
}
