package d2s.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RowEstimateTest {

  @Test
  void whatIsReadOfATableFollowsFromItsSizeWhateverAJoinIsTakenFor() throws SQLException {
    TestDatabase database = TestPostgres.createDatabase("scanned");
    try (Connection connection = database.connect()) {
      // Nobody has analysed it, so that every join of it is taken for far too much.
      database.execute(
          "create table things (a text, b text) with (autovacuum_enabled = false)",
          "insert into things select 'a', i::text from generate_series(1, 20000) i");
      String join = "select 1 from things x join things y using (a) join things z using (a)";

      assertThat(RowEstimate.of(connection, join)).isGreaterThan(10_000_000);
      assertThat(RowEstimate.scanned(connection, join)).isBetween(5_000L, 60_000L);
      assertThat(RowEstimate.scanned(connection, "select * from generate_series(1, 7000)"))
          .isEqualTo(7000);
    }
  }

  @Test
  void theLargestPartOfThePlanCounts() throws SQLException {
    TestDatabase database = TestPostgres.createDatabase("estimate");
    try (Connection connection = database.connect()) {
      assertThat(RowEstimate.of(connection, "select count(*) from generate_series(1, 7000)"))
          .isEqualTo(7000);
      String many = "generate_series(1, 1000000000)";
      assertThat(
              RowEstimate.of(
                  connection, "select 1 from " + many + " a, " + many + " b, " + many + " c"))
          .isEqualTo(Long.MAX_VALUE);
    }
  }
}
