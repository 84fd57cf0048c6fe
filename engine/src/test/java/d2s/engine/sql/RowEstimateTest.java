package d2s.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RowEstimateTest {

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
