package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run reads the source at one moment and never writes it. */
class SourceSnapshotTest extends ShopRuns {

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
}
