package d2s.matrix.verification.rows;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.matrix.verification.FoundThings;
import d2s.matrix.verification.SmallDatabases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries on two databases, in step. */
class RowsTest {

  private static SmallDatabases databases;

  @BeforeAll
  static void create() throws SQLException {
    databases = new SmallDatabases();
    databases.inSynapse("create table things (id int, gone int)", "alter table things drop gone");
  }

  @AfterAll
  static void drop() throws SQLException {
    databases.close();
  }

  /** A query for rows {@code (key, value)}. */
  private static String rows(String... keysAndValues) {
    List<String> rows = new ArrayList<>();
    for (String one : keysAndValues) {
      String[] parts = one.split("=");
      rows.add("('%s', '%s')".formatted(parts[0], parts[1]));
    }
    return "select * from (values " + String.join(", ", rows) + ") v (key, value)";
  }

  private static String value(ResultSet row) throws SQLException {
    return row == null ? "-" : row.getString("value");
  }

  @Test
  void whatBelongsTogetherMeets() throws SQLException {
    List<String> met = new ArrayList<>();
    Merge.of(
        databases,
        rows("b=1", "a=2", "d=3"),
        rows("d=4", "b=5", "c=6", "e=7"),
        (key, source, target) -> met.add(key + value(source) + value(target)));

    assertThat(met).containsExactly("a2-", "b15", "c-6", "d34", "e-7");
  }

  @Test
  void aKeyThatDendriteHasTwiceMeetsOnce() throws SQLException {
    List<String> met = new ArrayList<>();
    Merge.of(
        databases,
        rows("a=1", "a=1", "b=2", "b=2", "c=3"),
        rows("a=4", "c=5", "c=5"),
        (key, source, target) -> met.add(key + value(source) + value(target)));

    assertThat(met).containsExactly("a14", "b2-", "c35", "c-5");
  }

  @Test
  void allRowsMeet() throws SQLException {
    List<String> met = new ArrayList<>();
    Merge.all(
        databases,
        rows("a=1", "a=1", "b=2", "b=2"),
        rows("a=4", "c=5", "c=5"),
        (key, source, target) -> met.add(key + value(source) + value(target)));

    assertThat(met).containsExactly("a14", "a1-", "b2-", "b2-", "c-5", "c-5");
  }

  @Test
  void oneRightRowOfSeveralIsEnough() throws SQLException {
    FoundThings found = new FoundThings();
    Merge.judge(
        databases,
        rows("a=1", "b=1", "b=2", "c=2", "c=1", "d=1", "d=1", "e=1"),
        rows("a=1", "b=1", "c=1", "d=2", "f=1"),
        (key, source, target) -> value(source).equals(value(target)) ? null : "is wrong",
        found);

    assertThat(found.found()).containsExactly("d: is wrong", "e: is wrong", "f: is wrong");
    assertThat(found.count()).isEqualTo(6);
  }

  /** Java orders the first of these two the other way round. */
  @Test
  void textsAreInTheOrderOfTheirCodePoints() throws SQLException {
    String high = "\ud83d\ude42";
    String low = "\uff5e";

    assertThat(Merge.compare(low, high)).isNegative();
    assertThat(Merge.compare(high, low)).isPositive();
    assertThat(Merge.compare(high, "\ud83d\ude43")).isNegative();
    assertThat(Merge.compare("a", "b")).isNegative();
    assertThat(Merge.compare("b", "a")).isPositive();
    assertThat(Merge.compare("a", "ab")).isNegative();
    assertThat(Merge.compare("ab", "a")).isPositive();
    assertThat(Merge.compare("ab", "ab")).isZero();
    assertThat(Merge.compare("", "")).isZero();

    List<String> met = new ArrayList<>();
    Merge.of(
        databases,
        rows(high + "=1", low + "=1", "Z=1", "a=1"),
        rows(low + "=1", "a=1", high + "=1", "Z=1"),
        (key, source, target) -> met.add(key + value(source) + value(target)));
    assertThat(met).containsExactly("Z11", "a11", low + "11", high + "11");
  }

  @Test
  void severalQueriesGoInStep() throws SQLException {
    List<String> read = new ArrayList<>();
    try (ByKey keys = new ByKey("key")) {
      keys.with("one", databases.source(), rows("b=1", "a=2", "d=3"))
          .with("two", databases.target(), rows("a=4", "a=5", "c=6"));
      for (String key = keys.next(null); key != null; key = keys.next(key)) {
        String at = key;
        if (!key.equals("d")) {
          keys.read(key, "one", row -> read.add(at + " one " + value(row)));
        }
        keys.read(key, "two", row -> read.add(at + " two " + value(row)));
      }
    }
    assertThat(read).containsExactly("a one 2", "a two 4", "a two 5", "b one 1", "c two 6");
  }

  @Test
  void rowsThatNobodyReadAreLost() throws SQLException {
    List<String> seen = new ArrayList<>();
    try (ByKey keys = new ByKey("key")) {
      keys.with("one", databases.source(), rows("a=1", "a=2", "b=3"));
      for (String key = keys.next(null); key != null; key = keys.next(key)) {
        seen.add(key);
      }
      keys.read("a", "one", row -> seen.add("read"));
    }
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void columnsHoldArrays() throws SQLException {
    String sql =
        "select array['a', null, 'b'] as texts, null::text[] as no_texts,"
            + " array[1, null, 3]::bigint[] as numbers, null::bigint[] as no_numbers";
    Sql.each(
        databases.source(),
        sql,
        row -> {
          assertThat(Lists.texts(row, "texts")).containsExactly("a", "b");
          assertThat(Lists.texts(row, "no_texts")).isEmpty();
          assertThat(Lists.integers(row, "numbers")).containsExactly(1, 0, 3);
          assertThat(Lists.integers(row, "no_numbers")).isEmpty();
        });
  }

  @Test
  void everyRowIsWrong() throws SQLException {
    FoundThings found = new FoundThings();
    Sql.findAll(databases.target(), "values ('a', 1), ('b', 2)", "is wrong", found);

    assertThat(found.found()).containsExactly("a: is wrong", "b: is wrong");
  }

  @Test
  void aNumber() throws SQLException {
    assertThat(Sql.number(databases.target(), "select 7")).isEqualTo(7);
    assertThat(Sql.number(databases.target(), "select null::bigint")).isZero();
  }

  @Test
  void tablesAndColumnsThatAreThere() throws SQLException {
    assertThat(Sql.has(databases.target(), "things")).isTrue();
    assertThat(Sql.has(databases.target(), "things.id")).isTrue();
    assertThat(Sql.has(databases.target(), "things.none")).isFalse();
    assertThat(Sql.has(databases.target(), "things.gone")).isFalse();
    assertThat(Sql.has(databases.target(), "none")).isFalse();
    assertThat(Sql.has(databases.target(), "none.id")).isFalse();
  }

  @Test
  void factsStandInThePlaceOfTheirNames() {
    assertThat(Sql.with(databases, "select :server_name || ':', 1::text where n < :floor"))
        .isEqualTo("select 'our.example' || ':', 1::text where n < 100");
  }

  @Test
  void nothingIsAddedToOrderByWhereTheDatabaseOrdersByBytes() throws SQLException {
    boolean itself =
        Sql.number(
                databases.source(),
                "select count(*) from pg_database where datname = current_database() and datcollate = 'C'")
            > 0;

    assertThat(Sql.bytewise(databases.source(), "key"))
        .isEqualTo(itself ? "key" : "key collate \"C\"");
  }
}
