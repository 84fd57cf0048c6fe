package d2s.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No message names a value, whatever fails. */
class SecretValuesTest extends ShopRuns {

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
}
