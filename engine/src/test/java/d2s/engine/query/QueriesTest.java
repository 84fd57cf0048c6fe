package d2s.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.View;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.Text;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SQL of mapping files, completed and run by a real database. */
class QueriesTest {

  private static TestDatabase database;
  private static Connection connection;

  private final Map<String, Object> facts = new HashMap<>();

  @BeforeAll
  static void start() throws SQLException {
    database = TestPostgres.createDatabase("queries");
    database.execute(
        "create table \"Goods\" (id int, \"Name\" text)",
        "insert into \"Goods\" values (1, 'apple'), (2, 'pear')");
    connection = database.connect();
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
  }

  @Test
  void tablesAreReadWithTheColumnsThatAreWantedAndTheirCondition() throws SQLException {
    Relation all = new Relation("", Side.SOURCE, text("Goods"), null, null, false, text("").at());
    Relation some =
        new Relation(
            "", Side.SOURCE, text("Goods"), null, text("id > :least -- yes"), false, all.at());
    facts.put("least", 1L);

    assertThat(run(queries().of(all, List.of("Name", "id")))).containsExactly("apple 1", "pear 2");
    assertThat(run(queries().of(all, List.of()))).containsExactly("1", "1");
    assertThat(run(queries().of(some, List.of("id")))).containsExactly("2");
  }

  @Test
  void viewsAreThereIfTheyAreUsedWithAllThatTheyUse() throws SQLException {
    List<View> views =
        List.of(
            view("ones", "select 1 as n -- one"),
            view("twos", "select n + n as n from ones"),
            view("broken", "select nothing from nowhere"),
            view("sums", "select n + :more as n from twos /* sums */"));
    facts.put("more", 10L);

    String sql = new Queries(views, List.of("more"), facts).of("select n from SUMS", Side.SOURCE);

    assertThat(run(sql)).containsExactly("12");
    assertThat(sql).doesNotContain("broken");
  }

  @Test
  void theViewsOfTheOtherSideAreNotUsed() {
    List<View> views = List.of(new View(text("v"), Side.TARGET, text("select 1")));

    assertThat(new Queries(views, List.of(), facts).of("select * from v", Side.SOURCE))
        .isEqualTo("select * from v");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with own as (select n * 2 as n from one) select n from own",
        "with\n  own as (select n * 2 as n from one)\nselect n from own",
        "-- comes first\nWITH own as (select n * 2 as n from one) select n from own",
        "/* with */ with own (n) as (select n * 2 from one) select n from own",
        "with recursive own as (select n from one union all select n + 1 from own where n < 2)"
            + " select max(n) from own",
        "With Recursive\nown as (select n from one union all select n + 1 from own where n < 2)"
            + " select max(n) from own",
        "select n * 2 from (with inside as (select n from one) select n from inside) x",
      })
  void aQueryKeepsItsOwnTableExpressions(String sql) throws SQLException {
    List<View> views = List.of(view("one", "select 1 as n"));

    assertThat(run(new Queries(views, List.of(), facts).of(sql, Side.SOURCE))).containsExactly("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "select :name => it's",
        "select ':name' => :name",
        "select 'it''s :name' => it's :name",
        "select E'\\':name' => ':name",
        "select e'\\\\' || :name => \\it's",
        "select U&':name' => :name",
        "select $$:name$$ => :name",
        "select $t$$$:name$t$ => $$:name",
        "select :name::text => it's",
        "select (:name)::text::varchar => it's",
        "select '5'::int4 => 5",
        "select 1 as \":name\" => 1",
        "select :name -- :name, it's => it's",
        "select /* :name /* ' */ */ :name => it's",
        "select (array[1,2,3])[1:least] from (select 2 as least) x => {1,2}",
        "select 5-:negative => 8",
        "select 5 - :negative => 8",
        "select :flag and true => t",
        "select :fraction => 1.5",
        "select coalesce(:nothing, 'none') => none",
        "select length(:name) + :number => 47",
        "select '12:30'::time => 12:30:00",
      })
  void factsStandForTheirNamesInCodeOnly(String sql, String result) throws SQLException {
    facts.put("name", "it's");
    facts.put("negative", -3L);
    facts.put("flag", true);
    facts.put("fraction", 1.5);
    facts.put("number", 43L);
    List<String> names =
        List.of("name", "negative", "flag", "fraction", "number", "nothing", "text");

    assertThat(run(new Queries(List.of(), names, facts).of(sql, Side.SOURCE)))
        .containsExactly(result);
  }

  @Test
  void whatSqlCannotTakeIsRefused() {
    facts.put("list", new long[] {1});
    assertThatThrownBy(
            () -> new Queries(List.of(), List.of("list"), facts).of("select :list", Side.SOURCE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("list");
  }

  @Test
  void parametersAreFoundInViewsToo() {
    List<View> views = List.of(view("v", "select :inner, ':text'"));

    assertThat(
            new Queries(views, List.of(), facts)
                .parameters("select :outer::int, x[1:2] from v", Side.SOURCE))
        .containsExactly("inner", "outer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select * from goods | true",
        "select * from GOODS g | true",
        "select * from \"goods\" | true",
        "select goods.id from x | true",
        "(goods) | true",
        "select * from goods_old | false",
        "select * from old_goods, goods | true",
        "select 'goods' | false",
        "select 1 -- goods | false",
        "select /* goods */ 1 | false",
        "select $$goods$$ | false",
        "select $1goods | false",
      })
  void aTableIsMentionedInCodeOnly(String sql, boolean mentioned) {
    assertThat(Queries.mentions(sql, "goods")).isEqualTo(mentioned);
  }

  private Queries queries() {
    return new Queries(List.of(), facts.keySet(), facts);
  }

  private static View view(String name, String sql) {
    return new View(text(name), Side.SOURCE, text(sql));
  }

  private static Text text(String value) {
    return new Text(value, new Position(new SourceText("set.yaml", value), 1, 1));
  }

  private static List<String> run(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }
}
