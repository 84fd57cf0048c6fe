package d2s.engine.docs;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.mapping.Side;
import d2s.engine.mapping.View;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.SourceText;
import d2s.engine.yaml.Text;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryLineageTest {

  private static final Position HERE = new Position(new SourceText("set.yaml", ""), 1, 1);

  private final QueryLineage lineage =
      new QueryLineage(
          Side.SOURCE,
          new Catalog(
              "shop",
              "1",
              List.of(
                  table("orders", "id", "customer_id", "cents", "items", "note"),
                  table("customers", "id", "name", "city")),
              List.of()),
          List.of(
              view("big_orders", "select id, customer_id, cents / 100 as euros from orders o"),
              view("big_names", "select c.name from big_orders b join customers c on true")));

  private static Table table(String name, String... columns) {
    return new Table(
        name,
        Arrays.stream(columns)
            .map(column -> Column.of(column, ColumnType.of("text"), true))
            .toList(),
        null,
        List.of(),
        List.of());
  }

  private static View view(String name, String sql) {
    return new View(new Text(name, HERE), Side.SOURCE, new Text(sql, HERE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a column                  | select cents x from orders | orders.cents",
        "an alias                  | select o.cents as x from orders o | orders.cents",
        "the same name twice       | select c.id as x from orders o join customers c on c.id = o.id"
            + " | customers.id",
        "several in an expression  | select concat(name, city) as x from customers"
            + " | customers.city customers.name",
        "a condition is no origin  | select cents as x from orders where note = 'a' | orders.cents",
        "a case is one             | select case when note = 'a' then cents end as x from orders"
            + " | orders.cents orders.note",
        "a subquery                | select q.y as x from (select cents as y from orders) q"
            + " | orders.cents",
        "all columns               | select * from (select cents as x, id from orders) q"
            + " | orders.cents",
        "a scalar subquery         | select (select c.name from customers c where c.id = o.id) as x"
            + " from orders o | customers.name",
        "an asking subquery        | select exists (select 1 from customers c where c.id ="
            + " o.customer_id) as x from orders o | customers.id orders.customer_id",
        "a common table            | with a (x) as (select cents from orders) select x from a"
            + " | orders.cents",
        "a recursive one           | with recursive a as (select id as x from orders union select"
            + " a.x from a) select x from a | orders.id",
        "a union                   | select id as x from orders union all select name from customers"
            + " | customers.name orders.id",
        "a function with rows      | select i as x from orders o cross join lateral"
            + " unnest(o.items) i | orders.items",
        "a numbered one            | select n as x from orders o, unnest(o.items) with ordinality"
            + " u (i, n) | ''",
        "an array of rows          | select array(select n from unnest(o.items) n) as x from"
            + " orders o | orders.items",
        "a window                  | select lag(o.cents) over (partition by o.note order by o.id)"
            + " as x from orders o | orders.cents",
        "a number of a row         | select row_number() over (order by o.id) as x from orders o"
            + " | orders.id",
        "a constant                | select 1 as x from orders | ''",
        "a fact                    | select :floor::bigint as x from orders | ''",
        "a view                    | select euros as x from big_orders | orders.cents",
        "a view over a view        | select name as x from big_names | customers.name",
        "upper case                | SELECT O.\"cents\" AS X FROM Orders O | orders.cents",
        "not SQL                   | select cents, from where orders x | ''",
      })
  void aColumnOfAQueryComesFrom(String what, String sql, String expected) {
    assertThat(lineage.column(sql, "x").stream().map(TableColumn::toString))
        .as(what)
        .containsExactlyElementsOf(
            expected.isBlank() ? List.of() : List.of(expected.strip().split(" ")));
  }

  @Test
  void aTextThatCannotBeUnderstoodStillNamesTables() {
    assertThat(lineage.outputs("select cents from orders customers where (")).isEmpty();
    assertThat(lineage.column("select id from orders customers where (", "id"))
        .extracting(TableColumn::toString)
        .containsExactly("customers.id", "orders.id");
  }
}
