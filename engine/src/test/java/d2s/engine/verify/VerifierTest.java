package d2s.engine.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import d2s.engine.shop.MappingFiles;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SqlErrors;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {

  private static final String SET =
      """
      set: shop
      source: { name: Old, marker_table: people }
      target: { name: New, marker_table: version, version: select v from version, supported: '>=2' }
      phases: { first: People. }
      facts: { greeting: { description: A word., source: select 'hello' } }
      preconditions:
        - { target: select 'persons' from shop_persons, message: The target is not empty. }
      """;

  private static final String PEOPLE =
      """
      mapping: people
      phase: first
      description: All people.
      from: { table: people }
      label: [id]
      skip: [{ when: name == 'skipped', item: name, reason: has no place }]
      to:
        shop_persons: { id: id, name: name, boss: boss }
      expect:
        nobody is called Nemo: select id from shop_persons where name = 'Nemo'
        the source has people: { source: "select 'none' where not exists (select 1 from people)" }
      counts:
        as many people:
          source: select count(*) from people where :greeting = 'hello'
          target: select count(*) from shop_persons
      """;

  @TempDir private Path directory;
  private MappingFiles files;
  private TestDatabase source;
  private TestDatabase target;

  @BeforeEach
  void createShop() throws SQLException {
    files = new MappingFiles(directory).with("set.yaml", SET).with("people.yaml", PEOPLE);
    source = TestPostgres.createDatabase("verify_source");
    target = TestPostgres.createDatabase("verify_target");
    source.execute(
        "create table people (id bigint primary key, name text not null, boss bigint)",
        "insert into people values (1, 'Ann', null), (2, 'Bob', 1)");
    target.execute(
        "create table version (v int)",
        "insert into version values (3)",
        "create table shop_persons (id bigint primary key, name text not null, boss bigint)",
        "alter table shop_persons add constraint boss foreign key (boss) references shop_persons"
            + " not valid");
  }

  @AfterEach
  void drop() throws SQLException {
    source.drop();
    target.drop();
  }

  private RunResult migrate() {
    return new Migration(
            files.load(),
            source.dataSource(),
            target.dataSource(),
            new RunOptions(false, false, Set.of(), Map.of()))
        .run(Progress.silent());
  }

  private VerificationResults verify(String... only) throws SQLException {
    return new Verifier(
            files.load(),
            source.dataSource(),
            target.dataSource(),
            new VerifierOptions(Map.of(), Map.of(), Set.of(only)))
        .run(name -> {});
  }

  private VerificationResult only(String name) throws SQLException {
    return verify(name).results().get(0);
  }

  /** Makes the target what no migration would have left. */
  private void change(String sql) throws SQLException {
    assertThat(migrate().committed()).isTrue();
    target.execute("set session_replication_role = replica; " + sql);
  }

  @Test
  void everythingPassesAfterAMigration() throws SQLException {
    migrate();
    List<String> started = new ArrayList<>();

    VerificationResults result =
        new Verifier(files.load(), source.dataSource(), target.dataSource(), VerifierOptions.NONE)
            .run(started::add);

    assertThat(result.passed()).isTrue();
    assertThat(started)
        .containsExactly("expectations", "counts", "references", "constants", "persons");
    assertThat(result.results())
        .extracting(
            VerificationResult::name,
            VerificationResult::outcome,
            VerificationResult::checked,
            VerificationResult::failed)
        .containsExactly(
            tuple("expectations", Outcome.PASSED, 2L, 0L),
            tuple("counts", Outcome.PASSED, 2L, 0L),
            tuple("references", Outcome.PASSED, 1L, 0L),
            tuple("constants", Outcome.NO_DATA, 0L, 0L),
            tuple("persons", Outcome.PASSED, 2L, 0L));
    assertThat(result.results())
        .extracting(VerificationResult::proves)
        .containsExactly(
            "What the mapping files expect of the result holds.",
            "Of everything that the mapping files count there is as much as in the source.",
            "Every row that another one refers to by a foreign key is there.",
            "A column that gets one value from the mapping files has it in every row.",
            "Nobody is called Nobody.");
  }

  @Test
  void aTargetThatNobodyHasLoadedIsNamed() {
    files.with(
        "people.yaml", PEOPLE.replace("as many people:", "as many people:\n    unit: [a, b]"));

    assertThatThrownBy(this::verify)
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("This target has not been loaded yet");
  }

  @Test
  void aSourceWithoutRowsNeedsNoLoad() throws SQLException {
    files.with(
        "people.yaml", PEOPLE.replace("as many people:", "as many people:\n    unit: [a, b]"));
    source.execute("delete from people");

    assertThat(only("counts").outcome()).isEqualTo(Outcome.NO_DATA);
  }

  @Test
  void findsAnExpectationThatIsNotMet() throws SQLException {
    change("insert into shop_persons select n, 'Nemo' from generate_series(10, 34) n");

    VerificationResult result = only("expectations");

    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.findings())
        .startsWith(new Finding("10", "not so in people: nobody is called Nemo"))
        .endsWith(new Finding("5 more", "not so in people: nobody is called Nemo"))
        .hasSize(21);
  }

  @Test
  void anExpectationThatAnswersNothingButNullIsNotMet() throws SQLException {
    files.with(
        "people.yaml",
        PEOPLE.replace("select id from shop_persons", "select boss from shop_persons"));
    change("insert into shop_persons values (10, 'Nemo')");

    assertThat(only("expectations").findings())
        .containsExactly(new Finding("NULL", "not so in people: nobody is called Nemo"));
  }

  @Test
  void findsACountThatIsTooLowOrTooHigh() throws SQLException {
    change("delete from shop_persons where id = 1");
    assertThat(only("counts").findings())
        .containsExactly(new Finding("people: as many people", "2 in the source, 1 in the target"));

    target.execute("insert into shop_persons values (7, 'Eve'), (8, 'Eva')");
    assertThat(only("counts").findings())
        .containsExactly(new Finding("people: as many people", "2 in the source, 3 in the target"));
  }

  @Test
  void findsWhatAForeignKeyThatIsNotValidHides() throws SQLException {
    change("update shop_persons set boss = 99 where id = 2");

    assertThat(only("references").findings())
        .containsExactly(new Finding("99", "is in shop_persons but not in shop_persons (boss)"));
  }

  /** As PostgreSQL understands a key of several columns: with one NULL it refers to nothing. */
  @Test
  void findsWhatAKeyOfSeveralColumnsHides() throws SQLException {
    target.execute(
        "create table pairs (a int, b int, primary key (a, b))",
        "create table uses (n int, a int, b int,"
            + " constraint pair foreign key (a, b) references pairs (a, b))",
        "insert into pairs values (1, 2), (3, 4)");
    change(
        "insert into uses values (1, 1, 2), (2, 1, 4), (3, null, 9), (4, 9, null), (5, null, null)");

    VerificationResult result = only("references");

    assertThat(result.findings())
        .containsExactly(new Finding("1 4", "is in uses but not in pairs (pair)"));
    assertThat(result.checked()).isEqualTo(3);
  }

  @Test
  void keepsTheFirstFindingsAndCountsAll() throws SQLException {
    change("insert into shop_persons select n, 'Nobody' from generate_series(10, 209) n");

    VerificationResult result = only("persons");

    assertThat(result.failed()).isEqualTo(200);
    assertThat(result.checked()).isEqualTo(202);
    assertThat(result.findings()).hasSize(100).startsWith(new Finding("person 10", "is nobody"));
    assertThat(verify().passed()).isFalse();
  }

  @Test
  void saysWhenThereIsNoData() throws SQLException {
    change("delete from shop_persons");

    assertThat(only("persons").outcome()).isEqualTo(Outcome.NO_DATA);
    assertThat(only("references").outcome()).isEqualTo(Outcome.NO_DATA);
    assertThat(verify("persons", "references").passed()).isTrue();
  }

  @Test
  void skipsWhatNoMappingFills() throws SQLException {
    files.with("people.yaml", PEOPLE.replaceAll("(?s)from:.*?expect:", "expect:"));

    VerificationResult result = only("persons");

    assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(result.reason()).isEqualTo("no mapping fills shop_persons");
  }

  @Test
  void goesOnAfterAVerificationThatFails() throws SQLException {
    change("insert into shop_persons values (9, 'asks what is not there')");
    VerificationResult refused = only("persons");
    assertThat(refused.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(refused.reason()).isEqualTo("column \"missing\" does not exist");

    target.execute("update shop_persons set name = 'breaks' where id = 9");
    VerificationResult broken = only("persons");
    assertThat(broken.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(broken.reason()).contains("IllegalStateException").doesNotContain("s3cret");

    assertThat(verify().passed()).isFalse();
    assertThat(only("expectations").outcome()).isEqualTo(Outcome.PASSED);
  }

  @Test
  void namesACountThatIsNone() throws SQLException {
    migrate();
    files.with(
        "people.yaml",
        PEOPLE.replace("select count(*) from shop_persons", "select 2::int8 where false"));

    VerificationResult result = only("counts");

    assertThat(result.outcome()).isEqualTo(Outcome.ERROR);
    assertThat(result.reason())
        .isEqualTo("people.yaml:15:13: a count needs a query with one row and one number");
  }

  @Test
  void saysWhichDatabaseFailed() throws SQLException {
    migrate();
    source.execute(
        "create function no_room() returns int8 language plpgsql as"
            + " $$ begin raise exception 'no room' using errcode = '53100'; end $$");
    files.with(
        "people.yaml",
        PEOPLE
            .replace("select count(*) from people where", "select no_room() from people where")
            .replace("select 'none' where", "select no_room() where true or"));

    assertThat(only("counts").reason())
        .contains("the query of this count fails: ")
        .endsWith(". The disk of the source database is full");
    assertThat(only("expectations").reason())
        .contains("the query of this expectation fails: ")
        .endsWith(". The disk of the source database is full");
  }

  @Test
  void aDatabaseThatIsLostInACountEndsAll() throws SQLException {
    migrate();
    files.with(
        "people.yaml",
        PEOPLE.replace(
            "select count(*) from people where",
            "select count(*) from pg_terminate_backend(pg_backend_pid()), people where"));

    assertThatThrownBy(() -> verify("counts"))
        .isInstanceOfSatisfying(
            SQLException.class,
            lost -> {
              assertThat(SqlErrors.isLost(lost)).isTrue();
              assertThat(FailedDatabase.subject(lost)).isEqualTo("the source database");
            });
  }

  @Test
  void givesFactsToVerifications() throws SQLException {
    change("insert into shop_persons values (9, '')");

    assertThat(only("persons").findings()).containsExactly(new Finding("hello", "is the greeting"));
  }

  @Test
  void refusesAVerificationThatDoesNotExist() {
    assertThatThrownBy(() -> verify("persons", "animals"))
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("no verification \"animals\"")
        .hasMessageContaining("expectations, counts, references, constants, persons");
  }

  @Test
  void aWrongCountUndoesNoMigrationButIsFound() throws SQLException {
    files.with("people.yaml", PEOPLE.replace("from people where", "* 2 from people where"));

    RunResult result = migrate();

    assertThat(result.committed()).isTrue();
    assertThat(result.findings()).isEmpty();
    assertThat(only("counts").outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void whatAMigrationNamesMayBeMissingAndNothingElse() throws SQLException {
    source.execute("insert into people values (3, 'skipped', null)");

    assertThat(migrate().committed()).isTrue();
    VerificationResult named = only("counts");
    assertThat(named.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(named.notes())
        .containsExactly(
            new Finding(
                "people: as many people",
                "3 in the source, 2 in the target; rows that are left out and named: 1"));

    target.execute("set session_replication_role = replica; delete from shop_persons where id = 1");
    assertThat(only("counts").outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void whatGoesWithASkippedRowMayBeMissingToo() throws SQLException {
    source.execute(
        "create table orders (id bigint primary key, person text)",
        "insert into people values (3, 'skipped', null)",
        "insert into orders values (1, 'Ann'), (2, 'skipped')");
    target.execute("create table shop_orders (id bigint primary key, person text)");
    files.with(
        "orders.yaml",
        """
            mapping: orders
            phase: first
            description: All orders.
            from: { table: orders }
            label: [id]
            lookups: { lost: { skipped: people } }
            skip: [{ when: lost.has(person), item: person, reason: its person is not here }]
            to:
              shop_orders: { id: id, person: person }
            counts:
              as many orders:
                source: select count(*) from orders
                target: select count(*) from shop_orders
            """);

    assertThat(migrate().committed()).isTrue();

    assertThat(only("counts").notes())
        .extracting(Finding::what)
        .containsExactlyInAnyOrder("people: as many people", "orders: as many orders");
  }

  @Test
  void mappingsNeedToFitOnlyWhereTheirRowsAreReadAgain() throws SQLException {
    source.execute("insert into people values (3, 'skipped', null)");
    migrate();
    files.with("people.yaml", PEOPLE.replace("name: name,", "name: nam,"));

    assertThat(only("expectations").outcome()).isEqualTo(Outcome.PASSED);
    assertThatThrownBy(() -> only("counts"))
        .isInstanceOf(InvalidMappingsException.class)
        .hasMessageContaining("people.yaml:8:33: no column nam");
  }

  /** What a mapping changes afterwards need not be as it was filled. */
  @Test
  void aTableThatIsChangedAfterwardsIsNotLookedAt() throws SQLException {
    files.with(
        "people.yaml",
        PEOPLE.replace(
            "boss: boss }",
            "boss: boss, kind: \"'a'\" }\nupdate: { shop_persons: { kind: \"'b'\" } }"));
    target.execute("alter table shop_persons add kind text");
    change("select 1");

    assertThat(only("constants").checked()).isZero();
    assertThat(only("constants").findings()).isEmpty();
  }

  @Test
  void aTargetThatWasUsedSinceIsSaidToBe() throws SQLException {
    files.with(
        "set.yaml",
        SET.replace(
            "supported: '>=2'",
            "supported: '>=2', used: select 1 from shop_persons where name = 'Zoe'"));
    migrate();
    assertThat(verify().used()).isFalse();

    target.execute("update shop_persons set name = 'Zoe' where id = 2");
    assertThat(verify().used()).isTrue();
  }

  /** Columns with a value of their own, with several, with a default, and without any. */
  @Test
  void findsAColumnThatIsNotTheSameInEveryRow() throws SQLException {
    files.with(
        "people.yaml",
        PEOPLE.replace(
            "boss: boss }",
            """
            boss: boss, kind: "'a'", flag: true, none: null, odd: '"a" + name', made: { value: "'1'", sql: value || 'x' } }
              shop_visits: [{ id: id, kind: "'a'", size: 1 }, { rows: x }]
            derive:
              shop_copies: { from: shop_persons, id: id, kind: "'it'", size: '1', flag: 'true', other: id * 2 }\
            """
                .replace(", { rows: x }", ", { id: id + 10, kind: \"'b'\" }")));
    target.execute(
        "alter table shop_persons add kind text, add flag boolean, add none int, add odd text, add made text,"
            + " add standard text default 'x'::text, add empty text, add at timestamp default now(), add doc json, add place point",
        "create table shop_visits (id bigint, kind text, size int default 7, note text)",
        "create table shop_copies (id bigint, kind text, size int, flag boolean, other int)");
    change("select 1");
    assertThat(only("constants").findings()).isEmpty();
    assertThat(only("constants").checked()).isEqualTo(5 + 3 + 3);

    for (String[] spoiled :
        new String[][] {
          {"shop_persons.kind", "'b'", "'a'"},
          {"shop_persons.flag", "false", "true"},
          {"shop_persons.none", "1", "null"},
          {"shop_persons.standard", "'y'", "'x'::text"},
          {"shop_persons.standard", "null", "'x'::text"},
          {"shop_persons.empty", "''", "null"},
          {"shop_visits.kind", "'c'", "'a' or 'b'"},
          {"shop_visits.size", "2", "1 or 7"},
          {"shop_visits.note", "''", "null"},
          {"shop_copies.kind", "null", "'it'"},
          {"shop_copies.size", "2", "1"},
          {"shop_copies.flag", "null", "true"},
        }) {
      String[] column = spoiled[0].split("[.]");
      target.execute(
          "create table kept as table " + column[0],
          "update %s set %s = %s where id = 2".formatted(column[0], column[1], spoiled[1]));
      assertThat(only("constants").findings())
          .as(spoiled[0])
          .containsExactly(
              new Finding(spoiled[0], "is not " + spoiled[2] + " in every row (others: 1)"));
      target.execute(
          "delete from " + column[0],
          "insert into %s table kept".formatted(column[0]),
          "drop table kept");
    }
    target.execute("update shop_persons set odd = 'z', made = 'z', at = null, name = 'Zoe'");
    target.execute("update shop_copies set other = 9");
    assertThat(only("constants").findings()).isEmpty();
  }
}
