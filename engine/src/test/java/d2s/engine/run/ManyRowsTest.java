package d2s.engine.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.shop.MappingFiles;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is different with many rows: memory, and the time in which a process can be killed. */
@Timeout(300)
class ManyRowsTest {

  private static final String SET =
      """
      set: many
      source: { name: old, marker_table: old }
      target: { name: new, marker_table: new, version: select 1 }
      phases: { all: Everything. }
      """;

  private static final String MAPPING =
      """
      mapping: many
      phase: all
      description: Many rows that the database makes up.
      from:
        sql: |
          select n, 'row ' || n as t, array[n, n + 1] as pair
          from generate_series(1, ROWS) n
      label: n
      let:
        doubled: n * 2
      to:
        many:
          n: n
          t: t + '!'
          doubled: doubled
        odd:
          when: n % 2 == 1
          for_each: part in pair
          n: n
          part: part
      sequences:
        many_seq: select max(n) from many
      """;

  @TempDir private Path directory;

  private TestDatabase source;
  private TestDatabase target;
  private List<String> before;

  @BeforeEach
  void makeDatabases() throws SQLException {
    source = TestPostgres.createDatabase("many_source");
    source.execute("create table old ()");
    target = TestPostgres.createDatabase("many_target");
    target.execute(
        "create table new ()",
        "create table many (n bigint primary key, t text not null, doubled bigint,"
            + " constraint \"positive & big\" check (n > 0))",
        "create unique index \"Many doubled\" on many (doubled desc) where n > 1",
        "create index many_t on many (lower(t), n) include (doubled)",
        "create table odd (n bigint not null references many on delete cascade deferrable,"
            + " part int, unique (n, part))",
        "create function no_change() returns trigger language plpgsql as 'begin return new; end'",
        "create trigger watched before insert on many for each row execute function no_change()",
        "create sequence many_seq");
    before = target.everything();
  }

  @AfterEach
  void dropDatabases() throws SQLException {
    source.drop();
    target.drop();
  }

  @Test
  void twoMillionRowsNeedLittleMemory() throws Exception {
    mappings(2_000_000);
    Process child =
        RunInChild.start(directory, source.url(), target.url(), false, "-Xmx64m", "-Xss512k");
    String output = new String(child.getInputStream().readAllBytes(), UTF_8);

    assertThat(child.waitFor()).as(output).isZero();
    assertThat(output).contains("committed");
    assertThat(
            target.rows(
                "select count(*), sum(doubled), count(distinct t), max(length(t)) from many"))
        .containsExactly("2000000 4000002000000 2000000 12");
    assertThat(target.rows("select count(*), sum(part) from odd"))
        .containsExactly("2000000 2000001000000");
    assertThat(target.rows("select nextval('many_seq')")).containsExactly("2000001");
  }

  @Test
  void indexesKeysAndTriggersAreAfterwardsWhatTheyWere() throws SQLException {
    mappings(20_000);
    assertThat(run().committed()).isTrue();

    assertThat(target.rows("select count(*) from many")).containsExactly("20000");
    target.execute("truncate many, odd", "alter sequence many_seq restart");
    assertThat(target.everything()).isEqualTo(before);
    assertThat(target.rows("select tgname, tgenabled from pg_trigger where not tgisinternal"))
        .containsExactly("watched O");
  }

  @Test
  void aKeyThatTheRowsBreakIsNoticedWhenItIsMadeAgain() throws SQLException {
    mappings(20_000).replace("many.yaml", "n * 2", "n / 2");

    assertThat(catchThrowableOfType(MigrationFailedException.class, this::run))
        .hasMessage(
            "many.yaml:1:10: the loaded rows break a key of their table: could not create unique"
                + " index \"Many doubled\". In many, doubled = 1 is duplicated. Look for these rows in"
                + " the source: remove all but one, or let the mapping file leave them out with skip");
    assertThat(target.everything()).isEqualTo(before);
  }

  @Test
  void aKilledProcessLeavesTheTargetAsItWas() throws Exception {
    mappings(60_000);
    Process child = RunInChild.start(directory, source.url(), target.url(), true);
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      assertThat(output.readLine()).isEqualTo("standing still");
    }
    assertThat(connections(target)).isNotZero();

    child.destroyForcibly(); // kill -9
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    waitUntilGone(source);
    waitUntilGone(target);
    assertThat(target.everything()).isEqualTo(before);

    assertThat(run().committed()).isTrue();
    assertThat(target.rows("select count(*) from many")).containsExactly("60000");
    assertThat(target.rows("select count(*) from odd")).containsExactly("60000");
  }

  private MappingFiles mappings(int rows) {
    return new MappingFiles(directory)
        .with("set.yaml", SET)
        .with("many.yaml", MAPPING.replace("ROWS", Integer.toString(rows)));
  }

  private RunResult run() {
    return new Migration(
            new MappingFiles(directory).load(),
            source.dataSource(),
            target.dataSource(),
            new RunOptions(false, false, Set.of(), Map.of()))
        .run(Progress.silent());
  }

  /** The server notices that a client is gone when it next reads from it or writes to it. */
  private static void waitUntilGone(TestDatabase database)
      throws SQLException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (connections(database) > 0 && Instant.now().isBefore(end)) {
      Thread.sleep(50);
    }
    assertThat(connections(database)).isZero();
  }

  private static int connections(TestDatabase database) throws SQLException {
    return Integer.parseInt(
        database
            .rows(
                "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid() and backend_type = 'client backend'")
            .get(0));
  }
}
