package d2s.engine.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import d2s.engine.shop.MappingFiles;
import d2s.engine.shop.Shops;
import d2s.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns whose values the target makes. */
class SqlComputedValuesTest {

  private static final String ONE_PERSON =
      """
      mapping: people
      phase: people
      description: Customers.
      from: { table: customers, where: id < 3 }
      label: id
      to:
        people:
          id: id
          mail: mail
      """;

  @TempDir private Path directory;

  private TestDatabase kiosk;
  private TestDatabase shop;

  @BeforeEach
  void makeShops() throws SQLException {
    kiosk = Shops.kiosk();
    shop = Shops.shop();
  }

  @AfterEach
  void dropDatabases() throws SQLException {
    kiosk.drop();
    shop.drop();
  }

  @Test
  void theTargetMakesThem() throws SQLException {
    shop.execute("alter table people add words tsvector, add number smallint");

    run(
        """
            made: { value: joined, sql: value::timestamptz }
            words: { value: "name + ' of ' + mail", sql: "to_tsvector('simple', value)" }
            price: { value: "name == '' ? null : '1.50'", sql: "value::numeric + :bonus -- five" }
            number: { value: mail, sql: length(value) }
            short_name: { value: mail, sql: "split_part(value, '@', 1)" }
        """);

    assertThat(
            shop.rows(
                "select id, made at time zone 'UTC', words, price, number, short_name, mail"
                    + " from people order by id"))
        .containsExactly(
            "1 2024-05-06 07:08:09 'of':2 'zoe@a.example':3 'zoë':1 6.50 13 zoe zoe@a.example",
            "2 - 'ann@a.example':2 'of':1 - 13 ann ann@a.example");
  }

  @Test
  void manyOfThemComeToTheirRows() throws SQLException {
    kiosk.execute(
        "insert into customers (id, mail, name) select n, n || '@a.example',"
            + " case when n % 3 <> 0 then repeat('é', (-n % 41)::int) end"
            + " from generate_series(-60000, 0) n");

    run(
        "    seen: { value: mail, sql: md5(value) }\n    price: { value: name, sql: length(value) }");

    assertThat(shop.rows("select count(*), count(price) from people"))
        .containsExactly("60003 40002");
    assertThat(
            shop.rows(
                "select count(*) from people where id <= 0 and (seen <> md5(mail)"
                    + " or price is distinct from case when id % 3 <> 0 then -id % 41 end)"))
        .containsExactly("0");
  }

  @Test
  void whatItRefusesIsToldWithItsLineAndWithoutTheValue() throws SQLException {
    assertThat(failure("    price: { value: ‸mail, sql: value::numeric }"))
        .endsWith(
            ": the target cannot make a value of the column price: invalid input syntax for type"
                + " numeric: \"...\"");
  }

  @Test
  void nullForAColumnThatIsNotNullIsToldWithItsLine() throws SQLException {
    assertThat(failure("    vip: { value: ‸mail, sql: 'null::boolean' }"))
        .endsWith(": the column vip is NOT NULL, but the target makes NULL of a value");
  }

  @Test
  void aValueThatTheTargetCannotTakeIsToldWithItsRow() throws SQLException {
    assertThat(failure("    price: { value: ‸mail + '\\u0000', sql: length(value) }"))
        .contains(
            ": people, row id=1: the column price cannot hold the character U+0000, which the text"
                + " contains");
    assertThat(failure("    price: { value: ‸id + 1, sql: length(value) }"))
        .contains(
            ": people, row id=1: the column price is made of a text, but the value is a number");
  }

  /** Checks that it fails at the mark and changes nothing; the message. */
  private String failure(String columns) throws SQLException {
    List<String> before = shop.everything();
    MappingFiles files = files(columns);

    Throwable failure = catchThrowable(() -> run(files));

    assertThat(failure).isInstanceOf(MigrationFailedException.class);
    assertThat(failure.getMessage()).startsWith(files.marks().get(0));
    assertThat(shop.everything()).isEqualTo(before);
    return failure.getMessage();
  }

  private void run(String columns) {
    assertThat(run(files(columns)).committed()).isTrue();
  }

  private RunResult run(MappingFiles files) {
    return new Migration(
            files.load(),
            kiosk.dataSource(),
            shop.dataSource(),
            new RunOptions(false, false, Set.of(), Map.of()))
        .run(Progress.silent());
  }

  private MappingFiles files(String columns) {
    return new MappingFiles(directory)
        .with(
            "set.yaml",
            """
            set: kiosk-to-shop
            source: { name: kiosk, marker_table: kiosk_info }
            target: { name: shop, marker_table: shop_version, version: select version from shop_version }
            phases: { people: People. }
            facts:
              bonus: { description: A present for everybody., source: select 5::int8 }
            """)
        .with("people.yaml", ONE_PERSON + columns.stripTrailing().indent(0) + "\n");
  }
}
