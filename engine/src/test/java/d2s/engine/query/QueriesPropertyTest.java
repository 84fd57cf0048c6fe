package d2s.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.mapping.Side;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class QueriesPropertyTest {

  private static Connection connection;

  @BeforeContainer
  static void start() throws SQLException {
    connection = TestPostgres.createDatabase("query_texts").connect();
  }

  @AfterContainer
  static void stop() throws SQLException {
    connection.close();
  }

  @Property(tries = 300)
  void aTextIsTakenAsItIs(@ForAll String value) throws SQLException {
    // What PostgreSQL cannot hold is no fact that it could be asked with.
    String storable = value.replaceAll("[\\x00\\ud800-\\udfff]", "'");
    Queries queries = new Queries(List.of(), List.of("x"), Map.of("x", storable));

    try (ResultSet row =
        connection.createStatement().executeQuery(queries.of("select :x::text", Side.SOURCE))) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo(storable);
    }
  }
}
