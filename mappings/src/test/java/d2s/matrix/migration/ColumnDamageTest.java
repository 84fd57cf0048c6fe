package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.LedgerEntry;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.query.Queries;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Every column that is read anywhere is damaged by a case, or there is a reason why not. */
class ColumnDamageTest {

  @Test
  void everyColumnThatIsReadHasACaseOrAReason() throws IOException {
    Map<String, Map<String, Object>> listed = load("columns.yaml");
    TreeSet<String> names = new TreeSet<>();
    listed.forEach(
        (table, columns) -> columns.keySet().forEach(column -> names.add(table + "." + column)));

    assertThat(names).isEqualTo(read());
  }

  @Test
  void theCaseOfAColumnDamagesIt() throws IOException {
    Map<String, String> damage = new HashMap<>();
    List<Map<String, Object>> cases = load("damage.yaml");
    cases.forEach(one -> damage.put("" + one.get("case"), "" + one.get("damage")));
    Map<String, Map<String, Object>> listed = load("columns.yaml");

    listed.forEach(
        (table, columns) ->
            columns.forEach(
                (column, how) -> {
                  if (how instanceof Map<?, ?> named) {
                    String name = "" + named.get("case");
                    assertThat(damage).as(table + "." + column).containsKey(name);
                    assertThat(Arrays.stream(damage.get(name).split(";")))
                        .as(name + " changes " + table + "." + column)
                        .anyMatch(
                            sql -> Queries.mentions(sql, table) && Queries.mentions(sql, column));
                  } else {
                    assertThat("" + how).hasSizeGreaterThan(20);
                  }
                }));
  }

  /** All columns but those of which the ledger says that nothing reads them. */
  private static TreeSet<String> read() {
    MappingSet set = MappingSetLoader.loadResources("dendrite-to-synapse");
    List<LedgerEntry> unread =
        set.ledger().stream().filter(entry -> entry.side() == Side.SOURCE).toList();
    TreeSet<String> names = new TreeSet<>();
    for (String release : List.of("dendrite-0.13.8", "dendrite-0.15.2")) {
      Catalog catalog = BundledCatalogs.read(release);
      for (Table table : catalog.tables()) {
        for (Column column : table.columns()) {
          boolean listed =
              unread.stream()
                  .anyMatch(
                      entry ->
                          entry.table().value().equals(table.name())
                              && (entry.column() == null
                                  || entry.column().value().equals(column.name())));
          if (!listed) {
            names.add(table.name() + "." + column.name());
          }
        }
      }
    }
    return names;
  }

  private static <T> T load(String file) throws IOException {
    try (InputStream text = ColumnDamageTest.class.getResourceAsStream("/damage/" + file)) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }
  }
}
