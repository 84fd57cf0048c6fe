package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.Skipped;
import d2s.engine.result.StepResult;
import d2s.engine.shop.MappingFiles;
import d2s.engine.shop.Shops;
import d2s.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set that uses everything the language has, run from one real database into another. */
class MigrationTest {

  private static final Map<String, Object> GIVEN = Map.of("owner", "O'Neill");

  private final MappingSet set = MappingSetLoader.loadResources("kiosk-to-shop");

  @TempDir private Path directory;

  private TestDatabase kiosk;
  private TestDatabase shop;

  @BeforeEach
  void makeShops() throws SQLException {
    kiosk = Shops.kiosk();
    shop = Shops.shop();
  }

  @AfterEach
  void dropDatabases() throws SQLException {
    kiosk.drop();
    shop.drop();
  }

  @Test
  void everythingArrives() throws SQLException {
    List<String> before = kiosk.everything();
    RunResult result = run(new RunOptions(false, false, Set.of(), GIVEN), Progress.silent());

    assertThat(result.committed()).isTrue();
    assertThat(result.findings()).isEmpty();
    assertThat(
            shop.rows(
                "select id, mail, name, vip, rank, seen is null, extra, tags, numbers, photo,"
                    + " share, short_name from people order by id"))
        .containsExactly(
            "1 zoe@a.example Zoë t 10 f {\"likes\": [\"tea\", \"rye\"]} {new,vip} {7,8} \\x00ff 0.5"
                + " zoe",
            "2 ann@a.example - f - t - - - - - ann");
    assertThat(shop.rows("select * from purchases order by id"))
        .containsExactly("10 1 1 265 530", "11 1 2 115 230", "12 2 3 - -");
    assertThat(shop.rows("select * from purchase_lines order by article desc"))
        .containsExactly("10 1 tea hot 125", "10 0 rye O'Neill -");
    assertThat(shop.rows("select * from totals order by person_id, amounts nulls first"))
        .containsExactly("1 358 t -", "1 5 - {250,100,1}", "2 5 f -", "2 5 - {}");
    assertThat(shop.rows("select * from summaries order by what"))
        .containsExactly("lines of O'Neill 2", "spent by 1 380", "spent by 2 -");
    assertThat(shop.rows("select * from place order by name"))
        .containsExactly("other -1", "purchases 12");
    // other_number stood at 1000 already; a sequence never goes back.
    assertThat(shop.rows("select nextval('purchase_number'), nextval('other_number')"))
        .containsExactly("13 1000");
    assertThat(kiosk.everything()).isEqualTo(before);
  }

  @Test
  void theResultTellsWhatWasDoneAndWhatWasNot() {
    RunResult result = run(new RunOptions(false, false, Set.of(), GIVEN), Progress.silent());

    assertThat(result.steps())
        .extracting(StepResult::mapping)
        .containsExactly("people", "purchases", "totals", "summaries");
    assertThat(result.steps()).extracting(StepResult::rowsRead).containsExactly(3L, 4L, 7L, 0L);
    assertThat(result.steps().get(1).rowsWritten())
        .containsOnly(entry("purchases", 3L), entry("purchase_lines", 2L));
    assertThat(result.steps().get(3).rowsWritten()).containsExactly(entry("summaries", 3L));
    assertThat(result.skipped())
        .containsExactlyInAnyOrder(
            new Skipped("people", "customer 3", "The customer has no address."),
            new Skipped(
                "purchases",
                "14",
                "The details of the order cannot be read: not JSON (at character 1)"),
            new Skipped("totals", "3", "this customer is not in the new shop"));
    assertThat(result.elapsed()).isPositive();
  }

  @Test
  void phasesCanBeRunOneAfterTheOther() throws SQLException {
    for (String phase : List.of("people", "orders", "rest")) {
      assertThat(shop.rows("select 1 from totals")).isEmpty();
      RunResult result = run(new RunOptions(false, false, Set.of(phase), GIVEN), Progress.silent());
      assertThat(result.committed()).isTrue();
      assertThat(result.steps()).extracting(StepResult::phase).containsOnly(phase);
    }
    assertThat(shop.rows("select count(*) from totals")).containsExactly("4");
  }

  @Test
  void progressIsToldInOrder() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    run(
        new RunOptions(true, false, Set.of(), GIVEN),
        new Progress() {
          @Override
          public void planned(Map<String, Integer> mappings) {
            told.add("planned " + mappings);
          }

          @Override
          public void starting(String phase, String mapping, long estimatedRows) {
            told.add("start " + phase + "/" + mapping);
          }

          @Override
          public void advanced(String mapping, long rowsRead) {
            told.add("rows " + rowsRead);
          }

          @Override
          public void finished(StepResult step) {
            told.add("end " + step.mapping());
          }

          @Override
          public void note(String text) {
            told.add("note");
          }
        });

    // Totals need nothing of purchases; the two can run at the same time.
    assertThat(told)
        .containsSubsequence(
            "start people/people",
            "end people",
            "start orders/purchases",
            "end purchases",
            "start rest/summaries",
            "end summaries")
        .containsSubsequence("end people", "start rest/totals", "end totals", "end summaries");
    assertThat(told).filteredOn(line -> !line.startsWith("rows")).hasSize(9);
    assertThat(told.get(0)).isEqualTo("planned {people=1, orders=1, rest=2}");
    assertThat(told).contains("rows 7");
  }

  @Test
  void anOptionalTableIsReadWhereItIs() throws SQLException {
    kiosk.execute(
        "create table vouchers (code text, cents int)", "insert into vouchers values ('A', 5)");
    RunResult result = run(new RunOptions(false, false, Set.of(), GIVEN), Progress.silent());

    assertThat(result.committed()).isTrue();
    assertThat(shop.rows("select * from summaries where what like 'voucher%'"))
        .containsExactly("voucher A 5");
  }

  @Test
  void anotherVersionOfTheTargetHasOtherParts() throws SQLException {
    shop.execute("update shop_version set version = 2", "alter table people drop column rank");
    RunResult result = run(new RunOptions(false, false, Set.of(), GIVEN), Progress.silent());

    assertThat(result.committed()).isTrue();
    assertThat(shop.rows("select what from summaries where what like '%example' order by 1"))
        .containsExactly("ann@a.example", "zoe@a.example");
  }

  @Test
  void aMappingCanAskWhatAnotherOneSkipped() throws SQLException {
    MappingFiles files = new MappingFiles(directory).withAll("kiosk-to-shop");
    files.with(
        "5-lost/lost.yaml",
        """
        mapping: lost
        phase: rest
        description: Orders that were lost.
        from: { table: orders }
        lookups: { lost: { skipped: purchases } }
        to:
          summaries:
            when: lost.has('' + id)
            what: lost.get('' + id)
            amount: id
        """);
    files.replace(
        "3-rest/totals.yaml",
        "to:\n  totals:\n    - rows: total\n",
        "lookups: { lost: { skipped: purchases } }\n"
            + "to:\n  totals:\n    - rows: total\n      when: not lost.has('14') || vip\n");
    RunOptions options = new RunOptions(false, false, Set.of(), GIVEN);
    RunResult result =
        new Migration(files.load(), kiosk.dataSource(), shop.dataSource(), options)
            .run(Progress.silent());

    assertThat(result.committed()).isTrue();
    assertThat(shop.rows("select * from summaries where what like 'The details%'"))
        .containsExactly("The details of the order cannot be read: not JSON (at character 1) 14");
    assertThat(shop.rows("select * from totals where amounts is null"))
        .containsExactly("1 358 t -");
  }

  @Test
  void aSequenceGoesOnBehindTheValueThatItMustHaveReached() throws SQLException {
    Map<String, String> wanted =
        Map.of("999", "1000", "1000", "1001", "1001", "1002", "null::bigint", "1000");
    for (Map.Entry<String, String> one : wanted.entrySet()) {
      TestDatabase fresh = Shops.shop();
      MappingFiles files = new MappingFiles(directory).withAll("kiosk-to-shop");
      files.replace("3-rest/summaries.yaml", "value: '7'", "value: '" + one.getKey() + "'");
      RunOptions options = new RunOptions(false, false, Set.of(), GIVEN);
      new Migration(files.load(), kiosk.dataSource(), fresh.dataSource(), options)
          .run(Progress.silent());

      assertThat(fresh.rows("select nextval('other_number')"))
          .as("after %s", one.getKey())
          .containsExactly(one.getValue());
    }
  }

  @Test
  void factsThatAreGivenAreNotAsked() throws SQLException {
    RunOptions options =
        new RunOptions(false, false, Set.of(), Map.of("owner", "me", "bonus", 1000L));
    assertThat(run(options, Progress.silent()).committed()).isTrue();

    // bonus, and two of them from the fact that uses it
    assertThat(shop.rows("select cents from purchases where id = 10")).containsExactly("3250");
  }

  private RunResult run(RunOptions options, Progress progress) {
    return new Migration(set, kiosk.dataSource(), shop.dataSource(), options).run(progress);
  }
}
