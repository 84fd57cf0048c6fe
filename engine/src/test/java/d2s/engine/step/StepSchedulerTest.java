package d2s.engine.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.StepResult;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import d2s.engine.shop.MappingFiles;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Steps that need nothing of each other run at the same time, and the target does not tell. */
@Timeout(60)
class StepSchedulerTest {

  private static final String SET =
      """
      set: trees
      source: { name: old, marker_table: old }
      target: { name: new, marker_table: new, version: select 1 }
      phases: { all: Everything. }
      """;

  private static final String SLOW =
      "select count(*)::int as n from (select generate_series(1, 100000000000)) endless";

  @TempDir private Path directory;

  private MappingFiles files;
  private TestDatabase source;
  private TestDatabase target;

  @BeforeEach
  void makeDatabases() throws SQLException {
    source = TestPostgres.createDatabase("old");
    source.execute("create table old as select n from generate_series(1, 20000) n");
    source.execute("analyze");
    target = TestPostgres.createDatabase("new");
    target.execute(
        "create table new (n int)",
        "create table oaks (n int primary key, age int)",
        "create table elms (n int primary key)",
        "create table limes (n int)",
        "create index limes_n on limes (n)");
    files = new MappingFiles(directory).with("set.yaml", SET);
  }

  @AfterEach
  void dropDatabases() throws SQLException {
    source.drop();
    target.drop();
  }

  private void mapping(String name, String text) {
    files.with(name + ".yaml", "mapping: " + name + "\nphase: all\ndescription: A test.\n" + text);
  }

  private static String fill(String table, String sql) {
    return "from:\n  sql: |\n    " + sql + "\nto: { " + table + ": { n: n } }\n";
  }

  private RunResult run(Progress progress) {
    return new Migration(
            files.load(),
            source.dataSource(),
            target.dataSource(),
            new RunOptions(false, false, Set.of(), Map.of()))
        .run(progress);
  }

  @Test
  void twoThatFillDifferentTablesRunAtTheSameTime() throws SQLException {
    mapping("a", fill("oaks", "select n from old"));
    mapping("b", fill("elms", "select n from old"));
    CountDownLatch both = new CountDownLatch(2);
    Telling telling = new Telling();
    telling.atStart =
        () -> {
          both.countDown();
          // Either would wait for ever, if the other began only after it.
          assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
        };

    assertThat(run(telling).committed()).isTrue();
    assertThat(target.rows("select (select count(*) from oaks), (select count(*) from elms)"))
        .containsExactly("20000 20000");
  }

  @Test
  void whatOneReadsOrChangesOfAnotherIsDoneBefore() throws SQLException {
    mapping("a", fill("oaks", "select n from old"));
    mapping("b", fill("oaks", "select n + 20000 as n from old"));
    mapping("c", "update: { oaks: { age: n + 1 } }\n");
    mapping("d", "from: { target: select age as n from oaks }\nto: { elms: { n: n } }\n");
    mapping("e", "derive: { limes: { from: elms, n: elms.n * 2 } }\n");
    Telling telling = new Telling();

    RunResult result = run(telling);
    assertThat(telling.told)
        .containsExactly(
            "start a", "end a", "start b", "end b", "start c", "end c", "start d", "end d",
            "start e", "end e");
    assertThat(result.steps())
        .extracting(StepResult::mapping)
        .containsExactly("a", "b", "c", "d", "e");
    assertThat(target.rows("select count(*), min(n), max(n) from limes"))
        .containsExactly("40000 4 80002");
    assertThat(target.rows("select indexname from pg_indexes where tablename in ('oaks', 'limes')"))
        .containsExactlyInAnyOrder("oaks_pkey", "limes_n");
  }

  @Test
  void whatNobodyWaitsForHoldsBackWhileManyWaitForAnother() throws SQLException {
    mapping("a", fill("limes", "select n from old"));
    mapping("b", fill("oaks", "select n from old"));
    mapping("c", "from: { target: select n from oaks }\nto: { elms: { n: n } }\n");
    mapping("d", "update: { elms: { n: n + 1 } }\n");
    Telling telling = new Telling();

    assertThat(run(telling).committed()).isTrue();
    // Two of four wait for b, so that a begins after it; only one waits for c.
    assertThat(telling.told).startsWith("start b", "end b");
    assertThat(telling.told.indexOf("start a")).isLessThan(telling.told.indexOf("start d"));
  }

  @Test
  void aStatementFindsTheIndexesOfWhatItReads() throws SQLException {
    mapping("a", fill("oaks", "select n from old"));
    mapping("b", fill("elms", "select n from old"));
    String indexes = "(select count(*) from pg_indexes where tablename in ('oaks', 'elms'))";
    mapping(
        "c",
        "derive: { limes: { from: \"(select 1 from oaks, elms limit 1) one\", n: \""
            + indexes
            + "\" } }\n");

    assertThat(run(new Telling()).committed()).isTrue();
    assertThat(target.rows("select n from limes")).containsExactly("2");
  }

  @Test
  void indexesAreMadeWhileAStepReadsTheirTable() throws SQLException {
    source.execute("insert into old select n from generate_series(20001, 100000) n", "analyze");
    mapping("a", fill("oaks", "select n from old"));
    mapping("b", "from: { target: select n from oaks order by n }\nto: { limes: { n: n } }\n");
    target.execute("create index oaks_age on oaks (age)");
    // When the second is begun, the first has been made.
    CountDownLatch begun = new CountDownLatch(2);
    Telling telling = new Telling();
    telling.atBuilding = table -> begun.countDown();
    telling.atAdvance =
        mapping -> {
          if (mapping.equals("b")) {
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
          }
        };

    assertThat(run(telling).committed()).isTrue();
    assertThat(target.rows("select count(*), max(n) from limes")).containsExactly("100000 100000");
    assertThat(target.rows("select indexname from pg_indexes where tablename in ('oaks', 'limes')"))
        .containsExactlyInAnyOrder("oaks_pkey", "oaks_age", "limes_n");
  }

  @Test
  void aTableWithoutIndexesGetsItsForeignKeyBack() throws SQLException {
    target.execute("create table pines (n int references oaks)");
    mapping("a", fill("oaks", "select n from old"));
    mapping("b", fill("pines", "select n from old"));

    assertThat(run(new Telling()).committed()).isTrue();
    assertThat(target.rows("select conname from pg_constraint where contype = 'f'"))
        .containsExactly("pines_n_fkey");
  }

  @Test
  void aKeyThatTheRowsBreakIsToldWithTheMapping() throws SQLException {
    mapping("a", fill("oaks", "select n % 7000 as n from old"));
    mapping("b", fill("elms", SLOW));

    MigrationFailedException failed =
        catchThrowableOfType(MigrationFailedException.class, () -> run(new Telling()));
    assertThat(failed)
        .hasMessageContaining("a.yaml")
        .hasMessageContaining("the loaded rows break a key of their table");
    assertThat(target.rows("select indexname from pg_indexes where tablename = 'oaks'"))
        .containsExactly("oaks_pkey");
  }

  @Test
  void aFailureEndsTheOthersAtOnce() throws SQLException {
    List<String> before = target.everything();
    mapping("a", fill("oaks", SLOW));
    mapping("b", fill("elms", "select n / (n - 7) as n from old"));
    Instant start = Instant.now();

    MigrationFailedException failed =
        catchThrowableOfType(MigrationFailedException.class, () -> run(new Telling()));
    assertThat(failed).hasMessageContaining("during the mapping b").hasMessageContaining("zero");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(target.everything()).isEqualTo(before);
  }

  @Test
  void aFailureOfAnotherWhileOneWaitsToBeginIsTold() throws SQLException {
    mapping("a", fill("oaks", "select n / (n - 7) as n from old"));
    mapping("b", "derive: { limes: { from: oaks, n: oaks.n } }\n");

    MigrationFailedException failed =
        catchThrowableOfType(MigrationFailedException.class, () -> run(new Telling()));
    assertThat(failed).hasMessageContaining("during the mapping a");
    assertThat(target.rows("select 1 from limes")).isEmpty();
  }

  /** Something that a test does when a step starts. */
  @FunctionalInterface
  private interface Doing {
    void run() throws SQLException, InterruptedException;
  }

  /** Something that a test does when a step has read some rows. */
  @FunctionalInterface
  private interface Advancing {
    void run(String mapping) throws InterruptedException;
  }

  /** Something that a test does when a step has ended, or an index is begun. */
  @FunctionalInterface
  private interface Ending {
    void run(String name);
  }

  /** Writes down what is told. */
  private static final class Telling implements Progress {

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private Doing atStart = () -> {};
    private Ending atEnd = mapping -> {};
    private Ending atBuilding = table -> {};
    private Advancing atAdvance = mapping -> {};

    @Override
    public void starting(String phase, String mapping, long estimatedRows) {
      told.add("start " + mapping);
      try {
        atStart.run();
      } catch (SQLException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void advanced(String mapping, long rowsRead) {
      try {
        atAdvance.run(mapping);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void building(String table) {
      atBuilding.run(table);
    }

    @Override
    public void finished(StepResult step) {
      told.add("end " + step.mapping());
      atEnd.run(step.mapping());
    }

    @Override
    public void note(String text) {}
  }
}
