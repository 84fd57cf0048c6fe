package d2s.engine.docs;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.mapping.Side;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.Table;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaHistoryTest {

  private final SchemaHistory history =
      new SchemaHistory(
          Side.TARGET,
          List.of(
              new Catalog(
                  "v1", "1", List.of(table("orders", "id", "gone"), table("old", "id")), List.of()),
              new Catalog("v2", "2", List.of(table("orders", "id", "middle")), List.of()),
              new Catalog(
                  "v3",
                  "3",
                  List.of(table("orders", "id", "new"), table("late", "id")),
                  List.of())));

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

  @Test
  void hasWhateverAnyOfThemHas() {
    assertThat(history.all().tableNames()).containsExactly("late", "old", "orders");
    assertThat(history.table("orders").orElseThrow().columnNames())
        .containsExactlyInAnyOrder("id", "new", "middle", "gone");
  }

  @Test
  void tellsWhichHaveWhat() {
    assertThat(history.range("orders")).isEmpty();
    assertThat(history.range("old")).isEqualTo("until v1");
    assertThat(history.range("late")).isEqualTo("since v3");
    assertThat(history.range("orders", "id")).isEmpty();
    assertThat(history.range("orders", "gone")).isEqualTo("until v1");
    assertThat(history.range("orders", "middle")).isEqualTo("in v2");
    assertThat(history.range("orders", "new")).isEqualTo("since v3");
    assertThat(history.range("late", "id")).isEmpty();
  }
}
