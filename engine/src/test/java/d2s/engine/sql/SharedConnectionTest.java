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
      SharedConnection shared = new SharedConnection(connection, "source");

      SQLException first = fails(shared, "select 1 / 0");
      SQLException second = fails(shared, "select 'fine'");
      assertThat(first.getMessage()).contains("division by zero");
      assertThat(SharedConnection.isConsequence(first)).isFalse();
      assertThat(second.getMessage()).isEqualTo("division by zero");
      assertThat(SharedConnection.isConsequence(second)).isTrue();
      assertThat(FailedDatabase.of(first)).isEqualTo("source database");
      assertThat(FailedDatabase.subject(second)).isEqualTo("the source database");
    } finally {
      database.drop();
    }
  }

  @Test
  void theLostOneOfTwoIsNamed() throws SQLException {
    TestDatabase before = TestPostgres.createDatabase("before");
    TestDatabase after = TestPostgres.createDatabase("after");
    try (Connection source = before.connect();
        Connection target = after.connect()) {
      after.execute(
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
      SQLException lost =
          catchThrowableOfType(
              SQLException.class, () -> target.createStatement().execute("select 1"));

      assertThat(FailedDatabase.subject(lost)).isEqualTo("a database");
      assertThat(FailedDatabase.subject(FailedDatabase.mark(lost, source, target)))
          .isEqualTo("the target database");
    } finally {
      before.drop();
      after.drop();
    }
  }

  @Test
  @Timeout(60)
  void whoCanWaitLetsOthersGoFirst() throws Exception {
    TestDatabase database = TestPostgres.createDatabase("shared");
    try (Connection connection = database.connect()) {
      SharedConnection shared = new SharedConnection(connection, "source");
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
