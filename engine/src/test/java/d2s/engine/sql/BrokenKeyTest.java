package d2s.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which row breaks a key, as far as it may be told. */
class BrokenKeyTest {

  private static final String CURE =
      ". Look for these rows in the source: remove all but one, or let the mapping file leave them"
          + " out with skip";
  private static final String MISSING =
      ". Look for these rows in the source: add what they refer to, or let the mapping file leave"
          + " them out with skip";

  private TestDatabase database;

  @BeforeEach
  void create() throws SQLException {
    database = TestPostgres.createDatabase("keys");
    database.execute(
        "create table people (name text primary key, token text)",
        "create table pets (owner text references people, kind text not null)",
        "insert into people values ('ann', 's3cret'), ('bob', 's3cret')");
  }

  @AfterEach
  void drop() throws SQLException {
    database.drop();
  }

  private String text(String sql) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> database.execute(sql));
    return BrokenKey.text(failure, List.of("token"));
  }

  @Test
  void aKeyThatIsThereTwiceIsNamed() {
    assertThat(text("insert into people values ('ann')"))
        .isEqualTo(". In people, name = ann already exists" + CURE);
  }

  @Test
  void aRowThatNobodyRefersToIsNamed() {
    assertThat(text("insert into pets values ('cy', 'cat')"))
        .isEqualTo(". In pets, owner = cy is not present in table \"people\"" + MISSING);
  }

  @Test
  void aSecretIsNotTold() {
    assertThat(text("create unique index on people (token)"))
        .isEqualTo(". In people, token is duplicated" + CURE);
    assertThat(text("create unique index on people ((lower(token)))")).doesNotContain("s3cret");
  }

  @Test
  void whatQuotesAWholeRowIsNotTold() {
    assertThat(text("insert into pets values ('ann', null)")).isEmpty();
    assertThat(text("select 1 / 0")).isEmpty();
    assertThat(BrokenKey.text(new SQLException("gone"), List.of())).isEmpty();
  }
}
