package d2s.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.Snapshots;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {

  private TestDatabase source;
  private TestDatabase target;
  private LoadedTarget first;

  @BeforeEach
  void open() throws SQLException {
    source = TestPostgres.createDatabase("lanes_source");
    target = TestPostgres.createDatabase("lanes_target");
    for (TestDatabase database : List.of(source, target)) {
      database.execute("create table things (n int)", "insert into things values (1)");
    }
    Connection before = source.connect();
    Connection after = target.connect();
    for (Connection connection : List.of(before, after)) {
      Snapshots.begin(connection);
      ask(connection, "select 1"); // from now on it sees this moment
    }
    first = new LoadedTarget(Map.of("a", 1), before, after, Map.of("media", Path.of("m")));
  }

  @AfterEach
  void close() throws SQLException {
    first.source().close();
    first.target().close();
    source.drop();
    target.drop();
  }

  private static String ask(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Test
  void allSeeTheMomentOfTheFirst() throws SQLException {
    source.execute("insert into things values (2)");
    target.execute("insert into things values (2)");

    try (Lanes lanes = Lanes.of(first, source.dataSource(), target.dataSource(), 3)) {
      assertThat(lanes.all()).hasSize(3).startsWith(first);
      for (LoadedTarget lane : lanes.all()) {
        assertThat(ask(lane.source(), "select count(*) from things")).isEqualTo("1");
        assertThat(ask(lane.target(), "select count(*) from things")).isEqualTo("1");
        assertThat(lane.fact("a")).isEqualTo(1);
        assertThat(lane.folder("media")).contains(Path.of("m"));
      }
    }
  }

  @Test
  void oneIsTheFirstAndNothingIsOpened() throws SQLException {
    try (Lanes lanes = Lanes.of(first, null, null, 1)) {
      assertThat(lanes.all()).containsExactly(first);
    }
  }

  @Test
  void whatWasOpenedIsClosedAndTheFirstIsNot() throws SQLException {
    Lanes lanes = Lanes.of(first, source.dataSource(), target.dataSource(), 2);
    LoadedTarget second = lanes.all().get(1);

    lanes.close();

    assertThat(second.source().isClosed()).isTrue();
    assertThat(second.target().isClosed()).isTrue();
    assertThat(first.source().isClosed()).isFalse();
    assertThat(first.target().isClosed()).isFalse();
  }

  @Test
  void queriesOverWholeTablesAreGivenTheirSettings() throws SQLException {
    try (Lanes lanes = Lanes.of(first, source.dataSource(), target.dataSource(), 2)) {
      Connection connection = lanes.all().get(1).source();
      assertThat(ask(connection, "show work_mem")).isEqualTo("32MB");
      assertThat(ask(connection, "show jit")).isEqualTo("off");
      assertThat(ask(connection, "show effective_cache_size"))
          .isEqualTo(ask(connection, "show shared_buffers"));
      connection.rollback();
      assertThat(ask(connection, "show work_mem")).isNotEqualTo("32MB");
    }
  }

  @Test
  void theDatabaseThatCannotBeOpenedIsNamedAndTheOtherIsClosed() throws SQLException {
    TestDatabase gone = TestPostgres.createDatabase("lanes_gone");
    gone.drop();

    assertThatThrownBy(() -> Lanes.of(first, source.dataSource(), gone.dataSource(), 2))
        .isInstanceOfSatisfying(
            SQLException.class,
            failure ->
                assertThat(FailedDatabase.subject(failure)).isEqualTo("the target database"));
    String name = ask(first.source(), "select current_database()");
    assertThat(
            ask(
                first.target(),
                "select count(*) from pg_stat_activity where datname = '" + name + "'"))
        .isEqualTo("1");
  }

  @Test
  void queriesCanBeCancelled() throws Exception {
    Lanes lanes = Lanes.of(first, source.dataSource(), target.dataSource(), 1);
    for (Connection busy : List.of(first.source(), first.target())) {
      CompletableFuture<SQLException> ended =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  ask(busy, "select pg_sleep(60)");
                  return null;
                } catch (SQLException e) {
                  return e;
                }
              });
      while (!ended.isDone()) {
        Thread.sleep(50);
        lanes.cancel();
      }
      assertThat(ended.get().getSQLState()).isEqualTo("57014");
    }
  }

  @Test
  void aFactThatIsNotThereIsAMistakeAndAFolderThatIsNotThereIsNone() {
    assertThatThrownBy(() -> first.fact("b")).hasMessage("no fact b");
    assertThat(first.folder("other")).isEqualTo(Optional.empty());
  }
}
