package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import d2s.engine.result.CheckResult;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must not start does not: nothing is touched, and every reason is told. */
class RefusedRunTest extends ShopRuns {

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
  void emptyDatabasesAreSaidToBeThat() throws SQLException {
    TestDatabase empty = TestPostgres.createDatabase("empty");
    TestDatabase kept = shop;
    shop = empty;
    assertThat(refused(options()).get(0)).contains(" has no tables yet. Let shop make them first");
    shop = kept;
    kept = kiosk;
    kiosk = empty;
    assertThat(refused(options()).get(0)).contains(" has no tables. Is it the right database");
    kiosk = kept;
    empty.drop();
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
}
