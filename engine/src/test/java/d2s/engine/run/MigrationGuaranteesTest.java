package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import d2s.engine.result.CheckResult;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.StepResult;
import d2s.engine.result.UnmetExpectation;
import d2s.engine.shop.MappingFiles;
import d2s.engine.shop.Shops;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong, the target is what it was, the source too, and the message says why. */
class MigrationGuaranteesTest {

  private static final String LAST = "3-rest/summaries.yaml";
  private static final String PEOPLE = "1-people/people.yaml";
  private static final String ORDERS = "2-orders/purchases.yaml";
  private static final String TOTALS = "3-rest/totals.yaml";

  @TempDir private Path directory;

  private MappingFiles files;
  private TestDatabase kiosk;
  private TestDatabase shop;
  private List<String> kioskBefore;
  private List<String> shopBefore;

  @BeforeEach
  void makeShops() throws SQLException {
    files = new MappingFiles(directory).withAll("kiosk-to-shop");
    kiosk = Shops.kiosk();
    shop = Shops.shop();
    remember();
  }

  @AfterEach
  void dropDatabases() throws SQLException {
    kiosk.drop();
    shop.drop();
  }

  // All or nothing

  @Test
  void aFailureInTheLastStepUndoesEverything() throws SQLException {
    files.replace(
        LAST,
        "select max(id) from purchases\nseq",
        "select 1 / (max(id) - 12) from purchases\nseq");
    files.replace(LAST, "  place:\n", "  ‸place:\n");

    assertFails(files.marks().get(0) + ": the target refuses this: division by zero");
    assertThat(runAgain().committed()).isTrue();
  }

  @Test
  void aValueThatDoesNotFitIsToldWithItsLineAndRow() throws SQLException {
    kiosk.execute("update orders set placed = 9223372036854775807 where id = 12");
    remember();
    files.replace(ORDERS, "placed: placed / 1000", "placed: ‸placed * 1000");

    assertFails(
        files.marks().get(0)
            + ": purchases, row id=12: the column placed is int8, and the number is outside its"
            + " range\n  placed: placed * 1000");
  }

  @Test
  void anExpressionThatFailsIsToldWithItsLineAndRow() throws SQLException {
    files.replace(PEOPLE, "vip: vip == true", "vip: name.length() > ‸[mail][0]");

    assertFails(
        files.marks().get(0)
            + ": people, row id=1: cannot compare a number and a text\n"
            + "  vip: name.length() > [mail][0]");
  }

  @Test
  void aLetThatFailsIsToldWithItsLineAndRow() throws SQLException {
    files.replace(PEOPLE, "short: text:before", "wrong: ‸json(password)\n  short: text:before");

    assertFails(
        files.marks().get(0) + ": row id=1: not JSON (at character 1)\n  wrong: json(password)");
  }

  @Test
  void aConditionThatIsNoneIsAnError() throws SQLException {
    files.replace(ORDERS, "when: known.has(customer_id)", "when: ‸json('0')");

    assertFails(
        files.marks().get(0)
            + ": purchases, row id=10: a condition must be true or false, not a number\n"
            + "  when: json('0')");
  }

  @Test
  void eachOverSomethingElseThanAListIsAnError() throws SQLException {
    files.replace(
        ORDERS,
        "for_each: line in asList(parsed.lines)\n      when: line.amount > 1",
        "for_each: line in ‸[details][0]\n      when: line.amount > 1");

    assertFails(
        files.marks().get(0)
            + ": purchase_lines, row id=10: for_each needs a list, not a text\n"
            + "  - for_each: line in [details][0]");
  }

  @Test
  void aBrokenForeignKeyThatWaitsForTheEndIsNoticed() throws SQLException {
    files.replace(
        ORDERS,
        "      purchase_id: id\n      position: 1",
        "      purchase_id: id + 100\n      position: 1");
    files.replace(ORDERS, "where purchase_id not in", "where false and purchase_id not in");

    assertFails(
        "the target refuses the loaded rows: insert or update on table \"purchase_lines\" violates"
            + " foreign key constraint \"purchase_lines_purchase_id_fkey\"");
  }

  @Test
  void theConnectionToTheTargetCanBeKilledAtAnyTime() throws SQLException {
    for (String mapping : List.of("people", "purchases", "totals", "summaries")) {
      String message = fails(ProgressOf.before(mapping, () -> kill(shop)));
      assertThat(message).isNotBlank();
    }
    assertThat(runAgain().committed()).isTrue();
  }

  @Test
  void theConnectionToTheSourceCanBeKilledAtAnyTime() throws SQLException {
    for (String mapping : List.of("people", "purchases", "totals")) {
      String message = fails(ProgressOf.before(mapping, () -> kill(kiosk)));
      // Which step notices depends on what each of them was reading at the moment.
      assertThat(message)
          .containsAnyOf("a database failed during the mapping ", "terminating connection");
    }
    assertThat(runAgain().committed()).isTrue();
  }

  private static void kill(TestDatabase database) throws SQLException {
    List<String> killed =
        database.rows(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
    assertThat(killed).containsOnly("t").isNotEmpty();
  }

  // One snapshot of a source that is never written

  @Test
  void rowsThatAreCommittedMeanwhileAreNotSeen() throws SQLException {
    files.replace(
        "set.yaml", "    source: select 5::int8", "    source: select count(*) + 2 from customers");
    Progress progress =
        ProgressOf.before(
            "people",
            () ->
                kiosk.execute(
                    "insert into customers (id, mail) values (9, 'late@a.example')",
                    "insert into orders values (99, 1, 9000, 1, '{}', null), (98, 9, 1, 1, '{}', null)",
                    "update articles set aisle = 'moved'",
                    "delete from orders where id = 10"));
    RunResult result = run(options(), progress);

    assertThat(result.committed()).isTrue();
    assertThat(shop.rows("select id from people order by id")).containsExactly("1", "2");
    assertThat(shop.rows("select id from purchases order by id")).containsExactly("10", "11", "12");
    assertThat(shop.rows("select cents from totals where vip")).containsExactly("358");
    assertThat(shop.rows("select distinct aisle from purchase_lines order by 1"))
        .containsExactly("O'Neill", "hot");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with x as (delete from articles returning code) select 1 as id, mail from customers",
        "select nextval('receipts') as id, mail from customers",
        "select setval('receipts', 1) as id, mail from customers",
        "select lo_create(0)::int8 as id, mail from customers",
        "select set_config('transaction_read_only', 'off', false)::text as mail, 1 as id",
      })
  void theSourceCannotBeWritten(String sql) throws SQLException {
    files.with(
        "x.yaml",
        "mapping: x\nphase: people\ndescription: X.\nfrom:\n  sql: " + sql + "\nto: {}\n");

    Throwable failure = catchThrowable(() -> run(options(), Progress.silent()));
    assertThat(failure).isInstanceOf(RuntimeException.class);
    assertThat(failure.getMessage())
        .matches("(?s).*(read-only|read-write mode|only reads|changes something).*");
    assertUnchanged();
  }

  @Test
  void factsAndRequirementsCannotWriteTheSourceEither() throws SQLException {
    files.replace("set.yaml", "select 5::int8", "select nextval('receipts')");
    assertThat(refused(options()))
        .containsExactly(
            "The source database cannot tell bonus: cannot execute nextval() in a read-only"
                + " transaction");
    files.replace("set.yaml", "select nextval('receipts')", "select 5::int8");
    files.replace("set.yaml", "where id < 0", "where nextval('receipts') > 0");
    assertThat(refused(options()).get(0)).contains("read-only");
  }

  // Refused before anything is touched

  @Test
  void aTargetThatIsNotFreshIsRefusedWithItsTables() throws SQLException {
    shop.execute(
        "insert into people values (7, 'first@a.example')",
        "insert into summaries values ('something', 1)");
    remember();

    assertThat(refused(options()))
        .singleElement()
        .asString()
        .startsWith(
            "The target is not freshly initialised: 2 tables have rows already. (people,"
                + " summaries)")
        .contains("dropdb " + shop.name() + "; createdb ");
    assertUnchanged();
  }

  @Test
  void aSecondRunIsRefusedBecauseTheFirstLoadedEverything() {
    assertThat(run(options(), Progress.silent()).committed()).isTrue();
    List<String> reasons = refused(options());
    // The positions have moved, which the set requires not to be so.
    assertThat(reasons).hasSize(2);
    assertThat(reasons.get(0))
        .isEqualTo("The shop has already sold something. Positions that moved are (purchases)");
    assertThat(reasons.get(1)).contains("not freshly initialised", "an earlier run has loaded it");
  }

  @Test
  void aCheckSaysWhatARunIsRefusedFor() throws SQLException {
    kiosk.execute("insert into customers (id, mail) values (-1, 'm')");
    shop.execute("insert into summaries values ('something', 1)");
    remember();
    Migration migration =
        new Migration(files.load(), kiosk.dataSource(), shop.dataSource(), options());

    List<String> errors =
        migration.check().stream().filter(CheckResult::isError).map(CheckResult::text).toList();

    assertThat(errors).hasSize(2).isEqualTo(refused(options()));
    assertUnchanged();
  }

  @Test
  void whatIsWantedUntilTheCommitIsAskedOnceMore() throws SQLException {
    files.replace(
        "set.yaml",
        "preconditions:\n",
        """
        preconditions:
          - id: nobody-else
            target: |
              select application_name from pg_stat_activity
              where datname = current_database() and application_name = 'somebody'
            applies_to: [load, commit]
            message: Somebody else is there.
        """);
    List<Connection> opened = new ArrayList<>();
    Throwable failure =
        catchThrowable(
            () ->
                run(
                    options(),
                    ProgressOf.before(
                        "totals",
                        () -> {
                          Connection somebody = shop.connect();
                          opened.add(somebody);
                          try (Statement statement = somebody.createStatement()) {
                            statement.execute("set application_name = 'somebody'");
                          }
                        })));
    for (Connection somebody : opened) {
      somebody.close();
    }

    assertThat(failure)
        .isInstanceOf(MigrationFailedException.class)
        .hasMessage("everything was loaded, but not committed. Somebody else is there. (somebody)");
    assertUnchanged();
    assertThat(run(options(), Progress.silent()).committed()).isTrue();
  }

  @Test
  void twoRunsAtTheSameTimeCannotMeet() {
    AtomicReference<List<String>> reasons = new AtomicReference<>();
    RunResult result =
        run(options(), ProgressOf.before("totals", () -> reasons.set(refused(options()))));

    assertThat(result.committed()).isTrue();
    assertThat(reasons.get())
        .containsExactly("Another run is working on this target database. Wait for it to end.");
  }

  @Test
  void otherDatabasesAreRefused() throws SQLException {
    TestDatabase kept = shop;
    shop = kiosk;
    assertThat(refused(options()).get(0))
        .startsWith("The target database kiosk_")
        .contains("is not one of shop: it has no table shop_version");
    shop = kept;
    kept = kiosk;
    kiosk = shop;
    assertThat(refused(options()).get(0))
        .startsWith("The source database shop_")
        .contains("is not one of kiosk: it has no table kiosk_info");
    kiosk = kept;
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "update shop_version set version = 4 => The target's schema version is 4; these mapping"
            + " files are for >=1 <4. Use a release of shop with such a schema, or mapping files"
            + " for this one.",
        "delete from shop_version => The target database does not have a schema version that is a"
            + " number. Was it initialised by shop?",
        "alter table shop_version alter version type text using 'new' => The target database does"
            + " not have a schema version that is a number. Was it initialised by shop?",
        "alter table shop_version rename version to number => The target database cannot tell its"
            + " schema version: column \"version\" does not exist",
      })
  void anotherVersionIsRefused(String change, String reason) throws SQLException {
    shop.execute(change);
    remember();
    assertThat(refused(options())).containsExactly(reason);
    assertUnchanged();
  }

  @Test
  void whatTheSetRequiresIsToldWithAllReasons() throws SQLException {
    kiosk.execute(
        "insert into customers (id, mail) select -n, 'm' || n from generate_series(1, 9) n");
    shop.execute("update place set value = 5 where name = 'other'");
    remember();

    assertThat(refused(options()))
        .containsExactly(
            "Customers have negative numbers. Renumber them. (customer -1, customer -2, customer"
                + " -3, ...)",
            "The shop has already sold something. Positions that moved are (other)");
    assertUnchanged();
  }

  @Test
  void aRequirementThatCannotBeAskedIsNotMet() throws SQLException {
    files.replace("set.yaml", "select name from place where", "select name from plaice where");

    assertThat(refused(options()))
        .containsExactly(
            "The shop has already sold something. Positions that moved are (relation \"plaice\" does"
                + " not exist)");
  }

  @Test
  void aFactThatNobodyGaveIsAskedFor() {
    assertThat(refused(new RunOptions(false, false, Set.of(), Map.of())))
        .containsExactly("The value owner is needed: Who owns the kiosk. Give it.");
  }

  @Test
  void aFactThatCannotBeReadIsRefused() {
    files.replace("set.yaml", "select 5::int8", "select '\"hunter2\" x'::int8");

    assertThat(refused(options()))
        .containsExactly(
            "The source database cannot tell bonus: invalid input syntax for type bigint: \"...\"");
  }

  @Test
  void aFactCannotUseOneBelowIt() throws SQLException {
    files.replace("set.yaml", "select 5::int8", "‸select :started::int8");

    assertThatThrownBy(() -> run(options(), Progress.silent()))
        .isInstanceOf(InvalidMappingsException.class)
        .hasMessageStartingWith(
            files.marks().get(0) + ": bonus uses the fact started, which is read after it");
  }

  @Test
  void mistakesInMappingFilesTouchNothing() throws SQLException {
    files.replace(LAST, "amount: sums.cents", "amont: sums.cents");
    files.replace(PEOPLE, "seen: joined", "seen: joind");

    assertThatThrownBy(() -> run(options(), Progress.silent()))
        .isInstanceOf(InvalidMappingsException.class)
        .hasMessageContaining("did you mean amount?")
        .hasMessageContaining("did you mean joined?");
    assertUnchanged();
  }

  // Nothing is committed that is not right

  @Test
  void aDryRunDoesEverythingAndLeavesNothing() throws SQLException {
    RunResult result = run(new RunOptions(true, false, Set.of(), owner()), Progress.silent());

    assertThat(result.committed()).isFalse();
    assertThat(result.steps()).hasSize(4);
    assertThat(result.steps().get(1).rowsWritten()).containsEntry("purchases", 3L);
    assertThat(result.skipped()).hasSize(3);
    assertUnchanged();
    assertThat(runAgain().committed()).isTrue();
  }

  @Test
  void strictMakesASkipFatal() throws SQLException {
    assertThatThrownBy(() -> run(new RunOptions(false, true, Set.of(), owner()), Progress.silent()))
        .isInstanceOf(MigrationFailedException.class)
        .hasMessage("strict: people cannot carry customer 3 over: The customer has no address.");
    assertUnchanged();
  }

  @Test
  void strictCountsForHooksToo() throws SQLException {
    kiosk.execute("delete from customers where id = 3", "delete from orders where id = 14");
    remember();
    assertThatThrownBy(() -> run(new RunOptions(false, true, Set.of(), owner()), Progress.silent()))
        .isInstanceOf(MigrationFailedException.class)
        .hasMessage("strict: totals cannot carry 3 over: this customer is not in the new shop");
    assertUnchanged();
  }

  @Test
  void anExpectationThatIsNotMetUndoesEverything() throws SQLException {
    files.replace(
        ORDERS,
        "where purchase_id not in (select id from purchases)",
        "cross join generate_series(1, 4)");
    files.replace(ORDERS, "where not exists (select 1 from orders)", "");
    RunResult result = run(options(), Progress.silent());

    assertThat(result.committed()).isFalse();
    assertThat(result.findings())
        .hasSize(6)
        .contains(
            new UnmetExpectation("purchases", "no line without purchase", "10"),
            new UnmetExpectation("purchases", "the kiosk sold something", "nothing"));
    assertUnchanged();
  }

  @Test
  void aCountThatDiffersByMoreThanWasNamedIsTold() {
    String count = "select count(*) from customers where mail is not null";
    assertThat(notes()).isEmpty();
    // One customer is named as not carried over; that explains one.
    files.replace(PEOPLE, count, "select count(*) + 1 from customers where mail is not null");
    assertThat(notes()).isEmpty();
    files.replace(PEOPLE, "count(*) + 1", "count(*) + 2");
    assertThat(notes())
        .containsExactly(
            "people with an address: 4 in the source, 2 in the target, 1 named as not carried over");
    files.replace(PEOPLE, "count(*) + 2", "count(*) - 1");
    assertThat(notes())
        .containsExactly(
            "people with an address: 1 in the source, 2 in the target, 1 named as not carried over");
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void starting(String phase, String mapping, long estimatedRows) {}

          @Override
          public void advanced(String mapping, long rowsRead) {}

          @Override
          public void finished(StepResult step) {}

          @Override
          public void note(String text) {
            notes.add(text);
          }
        };
    run(new RunOptions(true, false, Set.of(), owner()), progress);
    return notes;
  }

  @Test
  void aCountThatIsNoNumberIsAnError() throws SQLException {
    files.replace(PEOPLE, "target: select count(*) from people", "target: ‸select id from people");

    assertFails(files.marks().get(0) + ": a count needs a query with one row and one number");
  }

  // Hooks

  @Test
  void aHookExplainsItselfAndIsNamedWithItsGroup() throws SQLException {
    kiosk.execute("update orders set labels = '{broken}' where id = 12");
    remember();
    files.replace(TOTALS, "hook: CustomerTotalsHook", "hook: ‸CustomerTotalsHook");

    assertFails(
        files.marks().get(0) + ": the hook CustomerTotalsHook failed for 2: an order is broken");
  }

  @Test
  void whatJavaSaysInAHookIsNotTold() throws SQLException {
    kiosk.execute("update orders set labels = '{hunter2,secret}' where id = 12");
    remember();

    assertThat(fails())
        .endsWith("the hook CustomerTotalsHook failed for 2: UnsupportedOperationException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "order by customer_id, id => order by customer_id desc => is not in the order of its group"
            + " key; texts need: order by ... collate \"C\"",
        "customer_id as person => nullif(customer_id, 3) as person => has a row whose group key is"
            + " null",
        "person, cents => person, cents::text => has a text in cents, where the hook needs an"
            + " integer; convert it in the query",
        "labels from => array[1] as labels from => has a list in labels, where the hook needs an"
            + " array of texts; convert it in the query",
      })
  void aRelationThatAHookCannotReadIsNamed(String old, String text, String message)
      throws SQLException {
    files.replace(TOTALS, "orders:\n    sql", "orders:\n    ‸sql");
    files.replace(TOTALS, old, text);

    assertFails(files.marks().get(0) + ": the relation orders " + message);
  }

  @Test
  void aNullWhereAHookNeedsAValueIsNamed() throws SQLException {
    files.replace(TOTALS, "id as person, vip", "id as person, null::bool as vip");

    assertThat(fails()).endsWith(": the relation people has NULL in vip for 1");
  }

  // Secrets

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "mail: mail => mail: \"'same' + password.substring(0, 0)\"",
        "mail: mail => mail: \"vip == null ? null : password\"",
        "vip: vip == true => vip: \"[password][0] == true\"",
        "rank: { value: old_numbers.get(id), shop: '>=3' } => rank: \"[password][0] * 1\"",
        "photo: photo => photo: \"[shop:refuse(password)][0]\"",
        "photo: photo => photo: \"[password][0]\"",
        "photo: photo => photo: \"[shop:number(password)][0]\"",
        "photo: photo => photo: \"[password][0].nothing\"",
        "extra: note => extra: \"password + ''\"",
        "extra: note => extra: '\"\\\"\" + password + \"\\\\u0000\\\"\"'",
        "numbers: numbers => numbers: json(password)",
        "tags: tags => tags: \"[password][0].chars()\"",
        "short_name: short => short_name: password",
        "id: id => id: \"password.length() - 7\"",
      })
  void noMessageNamesAValue(String old, String text) throws SQLException {
    kiosk.execute("update customers set mail = 'x' where id = 3");
    files.replace(PEOPLE, old, text);

    Throwable failure = catchThrowable(() -> run(options(), Progress.silent()));
    assertThat(failure).isInstanceOf(MigrationFailedException.class);
    assertThat(printed(failure)).doesNotContain("hunter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select password::int as id, mail from customers",
        "select id, password::jsonb::text as mail from customers",
        "select ('{' || password)::int8[] as id from customers",
        "select 1 / (length(password) - 7) as id from customers",
        "select array[length(password), null] as id from customers",
      })
  void noMessageOfTheSourceNamesAValue(String sql) throws SQLException {
    files.with(
        "x.yaml",
        "mapping: x\nphase: people\ndescription: X.\nfrom:\n  sql: \"" + sql + "\"\nto: {}\n");

    Throwable failure = catchThrowable(() -> run(options(), Progress.silent()));
    assertThat(failure).isInstanceOf(MigrationFailedException.class);
    assertThat(printed(failure)).contains("x.yaml:1:10").doesNotContain("hunter");
    assertUnchanged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "derive: { totals: { from: people, person_id: people.id + 100, cents: \"'1'\" } }",
        "derive: { people: { from: people, id: people.id, mail: people.mail } }",
        "derive: { summaries: { from: people, what: people.mail, amount: people.name::int } }",
        "update: { people: { name: null, mail: null } }",
        "update: { people: { short_name: name || mail } }",
        "sequences: { purchase_number: select max(name::int) from people }",
        "expect: { fine: select name::int from people }",
        "counts: { fine: { source: select 1, target: select max(name)::int from people } }",
      })
  void noMessageOfTheTargetNamesAValue(String rest) throws SQLException {
    kiosk.execute("update customers set name = password");
    files.with("x.yaml", "mapping: x\nphase: rest\ndescription: X.\n" + rest + "\n");

    Throwable failure = catchThrowable(() -> run(options(), Progress.silent()));
    assertThat(failure).isInstanceOf(MigrationFailedException.class);
    assertThat(printed(failure)).contains("x.yaml:").doesNotContain("hunter").doesNotContain("zoe");
  }

  // What is the same for all

  private static Map<String, Object> owner() {
    return Map.of("owner", "O'Neill");
  }

  private static RunOptions options() {
    return new RunOptions(false, false, Set.of(), owner());
  }

  private RunResult run(RunOptions options, Progress progress) {
    return new Migration(files.load(), kiosk.dataSource(), shop.dataSource(), options)
        .run(progress);
  }

  /** Runs the set as it was shipped. */
  private RunResult runAgain() {
    files.withAll("kiosk-to-shop");
    return run(options(), Progress.silent());
  }

  private void remember() throws SQLException {
    kioskBefore = kiosk.everything();
    shopBefore = shop.everything();
  }

  private void assertUnchanged() throws SQLException {
    assertThat(shop.everything()).isEqualTo(shopBefore);
    assertThat(kiosk.everything()).isEqualTo(kioskBefore);
    assertThat(
            shop.rows(
                "select 1 from pg_locks where locktype = 'advisory'"
                    + " and database = (select oid from pg_database where datname = current_database())"))
        .isEmpty();
  }

  private String fails() throws SQLException {
    return fails(Progress.silent());
  }

  private String fails(Progress progress) throws SQLException {
    Throwable failure = catchThrowable(() -> run(options(), progress));
    assertThat(failure).isInstanceOf(MigrationFailedException.class);
    assertThat(printed(failure)).doesNotContain("hunter");
    assertUnchanged();
    return failure.getMessage();
  }

  private void assertFails(String message) throws SQLException {
    assertThat(fails()).isEqualTo(message);
  }

  private List<String> refused(RunOptions options) {
    Throwable failure = catchThrowable(() -> run(options, Progress.silent()));
    assertThat(failure).isInstanceOf(PreconditionFailedException.class);
    return new ArrayList<>(((PreconditionFailedException) failure).reasons());
  }

  /** The failure with its causes, as it is printed when somebody wants to know everything. */
  private static String printed(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
