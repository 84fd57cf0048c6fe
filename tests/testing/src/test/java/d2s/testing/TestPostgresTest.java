package d2s.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestPostgresTest {

  @Test
  void databasesAreEmptyUtf8AndInTheCCollation() throws SQLException {
    TestDatabase database = TestPostgres.createDatabase("plain");

    assertThat(
            ask(
                database,
                "SELECT pg_encoding_to_char(encoding) || ' ' || datcollate || ' ' || datctype"
                    + " FROM pg_database WHERE datname = current_database()"))
        .isEqualTo("UTF8 C C");
    assertThat(ask(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .isEqualTo("0");
  }

  @Test
  void twoDatabasesOfOnePrefixAreApart() throws SQLException {
    TestDatabase one = TestPostgres.createDatabase("same");
    TestDatabase other = TestPostgres.createDatabase("same");
    one.execute("CREATE TABLE only_here (id int)");

    assertThatThrownBy(() -> ask(other, "SELECT count(*) FROM only_here"))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void aCopyHoldsTheRowsAndIsIndependent() throws SQLException {
    TestDatabase original = TestPostgres.createDatabase("original");
    original.execute("CREATE TABLE numbers (n int)", "INSERT INTO numbers VALUES (1), (2)");
    TestDatabase copy = original.copy("copy");
    copy.execute("INSERT INTO numbers VALUES (3)");

    assertThat(ask(copy, "SELECT sum(n) FROM numbers")).isEqualTo("6");
    assertThat(ask(original, "SELECT sum(n) FROM numbers")).isEqualTo("3");
  }

  @Test
  void aDroppedDatabaseIsGone() throws SQLException {
    TestDatabase database = TestPostgres.createDatabase("short_lived");
    database.drop();

    assertThatThrownBy(database::connect).hasMessageContaining("does not exist");
  }

  private static String ask(TestDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
