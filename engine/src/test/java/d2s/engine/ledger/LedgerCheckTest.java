package d2s.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.catalog.CatalogYaml;
import d2s.engine.schema.Catalog;
import d2s.engine.shop.MappingFiles;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import java.io.StringReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is meant for another version of the target accounts for nothing in this one. */
class LedgerCheckTest {

  private static final String SET =
      """
      set: kiosk-to-shop
      source: { name: kiosk, marker_table: customers }
      target: { name: shop, marker_table: people, version: select 1 }
      phases: { all: Everything. }
      """;

  private static final String HEAD = "mapping: m\nphase: all\ndescription: A.\n";

  private static final Catalog KIOSK = catalog("customers: {columns: {id: int8, mail: text}}");
  private static final Catalog SHOP = catalog("people: {columns: {id: int8, mail: text}}");

  @TempDir private Path directory;

  private final Problems problems = new Problems();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from: { table: customers }\nto: { people: { id: id, mail: { value: mail, shop: '>=94' } } }",
        "from: { table: customers }\n"
            + "to: { people: [ { id: id }, { shop: '>=94', id: id, mail: mail } ] }",
        "derive: { people: { from: x, id: id, mail: { value: mail, shop: '>=94' } } }",
        "derive: { people: [ { from: x, id: id }, { shop: '>=94', from: x, mail: mail } ] }",
        "update: { people: { id: '1', mail: { value: mail, shop: '>=94' } } }",
        "update: { people: [ { id: '1' }, { shop: '>=94', mail: mail } ] }",
      })
  void aTargetColumnForLaterVersionsIsNotFilledInThisOne(String rest) {
    account(rest, 90).target(SHOP);

    assertThat(problems.sorted())
        .extracting(Problem::message)
        .containsExactly(
            "the column people.mail of the target is filled by no mapping; map it, or list it in a"
                + " ledger file with the reason");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from: { table: customers }\nto: { people: { id: id, mail: { value: mail, shop: '>=94' } } }",
        "derive: { people: { from: x, id: id, mail: { value: mail, shop: '>=94' } } }",
        "update: { people: { id: '1', mail: { value: mail, shop: '>=94' } } }",
      })
  void itIsFilledInThoseThatItIsMeantFor(String rest) {
    account(rest, 94).target(SHOP);

    assertThat(problems.sorted()).isEmpty();
  }

  @Test
  void aSourceColumnThatOnlySuchAColumnReadsIsNotRead() {
    account(
            "from: { table: customers }\n"
                + "to: { people: { id: id, mail: { value: mail, shop: '>=94' } } }",
            90)
        .source(KIOSK);

    assertThat(problems.sorted())
        .extracting(Problem::message)
        .containsExactly(
            "the column customers.mail of the source is read by no mapping; map it, or list it in a"
                + " ledger file with the reason");
  }

  /** A whole table can start empty in some versions only, as a column can. */
  @ParameterizedTest
  @ValueSource(ints = {90, 94})
  void anEntryForATableCountsForItsVersionsOnly(int version) {
    MappingFiles files =
        new MappingFiles(directory)
            .with("set.yaml", SET)
            .with("m.yaml", HEAD + "expect: { e: select 1 }\n")
            .with(
                "ledger.yaml",
                "ledger: target\ndescription: A.\ntables:\n"
                    + "  people: { reason: nobody is there, shop: '>=94' }\n");
    new LedgerCheck(files.load(), version, problems).target(SHOP);

    assertThat(problems.sorted())
        .extracting(Problem::message)
        .hasSize(version == 94 ? 0 : 1)
        .allMatch(message -> message.startsWith("the table people of the target is filled by no"));
  }

  /** A column can have one value in some versions and another one in the others. */
  @Test
  void aColumnWithAValueForEachRangeIsFilledInAllOfThem() {
    String rest =
        "from: { table: customers }\nto: { people: { id: id, mail:"
            + " [ { value: mail, shop: '<94' }, { value: null, shop: '>=94' } ] } }";
    account(rest, 90).target(SHOP);
    account(rest, 94).target(SHOP);

    assertThat(problems.sorted()).isEmpty();
  }

  private LedgerCheck account(String rest, int version) {
    MappingFiles files =
        new MappingFiles(directory).with("set.yaml", SET).with("m.yaml", HEAD + rest + "\n");
    return new LedgerCheck(files.load(), version, problems);
  }

  private static Catalog catalog(String table) {
    return CatalogYaml.read(
        new StringReader("catalog: c\nversion: '1'\ntables:\n  " + table + "\nsequences: {}\n"),
        "c");
  }
}
