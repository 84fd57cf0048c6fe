package d2s.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogException;
import d2s.engine.schema.Column;
import d2s.engine.schema.Column.Generation;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.Key;
import d2s.engine.schema.ShopCatalog;
import d2s.engine.schema.Table;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogYamlTest {

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    String text = write(ShopCatalog.CATALOG);

    assertThat(read(text)).isEqualTo(ShopCatalog.CATALOG);
    assertThat(write(read(text))).isEqualTo(text);
  }

  @Test
  void theFormIsCompactAndReadable() throws IOException {
    assertThat(write(ShopCatalog.CATALOG))
        .startsWith(
            """
            catalog: shop
            version: '3'
            tables:
              customers:
                columns:
                  id: int8 not null default nextval('customers_id_seq'::regclass)
                  name: varchar(40) not null
                  'on': bool default true
            """)
        .contains(
            """
                primary key: {customers_pkey: [id]}
                unique keys:
                  customers_name: {columns: [name], where: '"on"'}
            """,
            """
                foreign keys:
                  to_order: {columns: [receipt, id], table: orders, target: [receipt, id]}
            """,
            """
                  id: int4 not null identity always
                  other_id: int2 not null identity by default
            """)
        .endsWith(
            """
            sequences:
              customers_id_seq: {owner: [customers, id]}
              orders_id_seq: {type: int4, start: 5, owner: [orders, id]}
              orders_other_id_seq: {type: int2, owner: [orders, other_id]}
              receipt_number: {start: 100}
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'two\nlines'",
        "' '",
        "E'\\t'",
        "'a: b'",
        "'# no comment'",
        "''",
        "'ä 😀'",
        "null",
        "true",
        "12",
        "'x' || ' default ' || ' not null identity always'",
        "-1",
        "'trailing '",
        "{}",
        "'%'"
      })
  void oddDefaultsAndNamesSurvive(String text) throws IOException {
    Column column = new Column(text, ColumnType.of("text"), false, text, Generation.NONE);
    Key key = new Key(text, List.of(text), text);
    Catalog catalog =
        new Catalog(
            text,
            text,
            List.of(new Table(text, List.of(column), null, List.of(key), List.of())),
            List.of());

    assertThat(read(write(catalog))).isEqualTo(catalog);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tables: {a: {columns: {}}, a: {columns: {}}} | duplicate key a",
        "tables: {a: {columns: {id: 5}}} | tables > a > columns > id: expected a text",
        "tables: {a: {columns: {id: int8 not nul}}} | tables > a > columns > id: cannot read",
        "tables: {a: {columns: {on: int8}}} | the key true is not a text; put it in quotes",
        "tables: {a: {colums: {}}} | tables > a: does not know 'colums'; known are columns,",
        "tables: {a: {}} | tables > a > columns: is missing",
        "tables: {a: {columns: {}, primary key: {k: id}}} | > k: expected a list of names",
        "tables: {a: {columns: {}, primary key: {k: [a], l: [b]}}} | one primary key at most",
        "sequences: {s: {start: one}} | sequences > s > start: expected a whole number",
        "sequences: {s: {type: text}} | sequences > s > type: A sequence counts in int2",
        "sequences: {s: {owner: [a]}} | sequences > s > owner: expected a table and a column",
        "tables: [ | while parsing",
      })
  void whatIsWrongIsSaidWithItsPlace(String part, String message) {
    String text =
        "catalog: c\nversion: '1'\n"
            + (part.startsWith("tables") ? "sequences: {}\n" : "tables: {}\n")
            + part;
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CatalogException.class)
        .hasMessageStartingWith("shop.yaml: ")
        .hasMessageContaining(message);
  }

  @Test
  void anEmptyFileIsNoCatalog() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(CatalogException.class)
        .hasMessage("shop.yaml: the document: expected keys with values");
  }

  private static Catalog read(String text) {
    return CatalogYaml.read(new StringReader(text), "shop.yaml");
  }

  private static String write(Catalog catalog) throws IOException {
    StringWriter out = new StringWriter();
    CatalogYaml.write(catalog, out);
    return out.toString();
  }
}
