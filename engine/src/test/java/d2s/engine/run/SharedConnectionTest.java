package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import d2s.engine.testing.TestDatabase;
import d2s.engine.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** After a failure in a transaction, everybody is told what it was. */
class SharedConnectionTest {

  @Test
  void laterTurnsAreToldOfTheFirstFailure() throws SQLException {
    TestDatabase database = TestPostgres.createDatabase("shared");
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      SharedConnection shared = new SharedConnection(connection);

      SQLException first = fails(shared, "select 1 / 0");
      SQLException second = fails(shared, "select 'fine'");
      assertThat(first.getMessage()).contains("division by zero");
      assertThat(SharedConnection.isConsequence(first)).isFalse();
      assertThat(second.getMessage()).isEqualTo("division by zero");
      assertThat(SharedConnection.isConsequence(second)).isTrue();
    } finally {
      database.drop();
    }
  }

  private static SQLException fails(SharedConnection shared, String sql) {
    return catchThrowableOfType(SQLException.class, () -> shared.execute(sql));
  }
}
