package d2s.engine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.catalog.CatalogYaml;
import d2s.engine.schema.Catalog;
import d2s.engine.shop.MappingFiles;
import d2s.engine.yaml.Problems;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as read, filled or listed, and where the author is sent to. */
class LedgerAccountTest {

  private static final String SET =
      """
      set: ‸kiosk-to-shop
      source: { name: kiosk, marker_table: customers }
      target: { name: shop, marker_table: people, version: select 1 }
      phases: { all: Everything. }
      """;

  private static final String HEAD = "mapping: m\nphase: all\ndescription: A.\n";
  private static final String NOTHING = HEAD + "expect: { e: select 1 }\n";
  private static final String HINT = "; map it, or list it in a ledger file with the reason";

  private static final Catalog KIOSK = catalog("customers: {columns: {id: int8, mail: text}}");
  private static final Catalog SHOP = catalog("people: {columns: {id: int8, mail: text}}");

  @TempDir private Path directory;

  private final Problems problems = new Problems();

  private static Catalog catalog(String tables) {
    return CatalogYaml.read(
        new StringReader("catalog: c\nversion: '1'\ntables: { " + tables + " }\nsequences: {}\n"),
        "c");
  }

  private static String ledger(String side, String tables) {
    return "ledger: " + side + "\ndescription: A.\ntables:\n" + tables;
  }

  private MappingFiles files(String set, String mapping) {
    return new MappingFiles(directory).with("set.yaml", set).with("m.yaml", mapping);
  }

  private LedgerCheck check(MappingFiles files) {
    return new LedgerCheck(files.load(), 94, problems);
  }

  private List<String> found() {
    return problems.sorted().stream().map(p -> p.at() + ": " + p.message()).toList();
  }

  private List<String> unaccounted(String set, String mapping, Catalog catalog) {
    return check(files(set, mapping)).unaccounted(catalog).stream()
        .map(LedgerCheck.Unaccounted::toString)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from: { table: customers }\nlabel: [mail]\nto: { people: { id: id } }",
        "from: { table: customers, where: mail is not null }\nto: { people: { id: id } }",
        "from: { sql: 'select c.id, c.mail from customers c' }\nto: { people: { id: id } }",
        "lookups: { l: { table: customers, key: id, value: mail } }\nexpect: { e: select 1 }",
        "lookups: { l: { table: customers, key: [id, mail] } }\nexpect: { e: select 1 }",
        "lookups: { l: { table: customers, where: mail is null, key: id } }\nexpect: { e: select 1 }",
        "lookups: { l: { sql: 'select id, mail from customers', key: id } }\nexpect: { e: select 1 }",
      })
  void everyWayToReadCounts(String rest) {
    assertThat(unaccounted(SET, HEAD + rest + "\n", KIOSK)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from: { table: customers }\nto: { people: { id: id } }",
        "lookups: { l: { table: customers, key: id } }\nexpect: { e: select 1 }",
        "from: { sql: 'select c.id from customers c' }\nto: { people: { id: id } }",
      })
  void whatIsNotReadOfATableIsNamed(String rest) {
    assertThat(unaccounted(SET, HEAD + rest + "\n", KIOSK)).containsExactly("customers.mail");
  }

  /** Tables of the two sides can have one name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "from: { target: 'select id, mail from customers' }\nto: { people: { id: id } }",
        "lookups: { l: { target: 'select id, mail from customers', key: id } }\nexpect: { e: select 1 }",
      })
  void whatIsReadOfTheTargetDoesNotCount(String rest) {
    assertThat(unaccounted(SET, HEAD + rest + "\n", KIOSK)).containsExactly("customers");
  }

  @Test
  void factsOfTheSourceCount() {
    String fact = "facts: { n: { description: A., %s: 'select max(id), mail from customers' } }\n";

    assertThat(unaccounted(SET + fact.formatted("source"), NOTHING, KIOSK)).isEmpty();
    assertThat(unaccounted(SET + fact.formatted("target"), NOTHING, KIOSK))
        .containsExactly("customers");
  }

  @Test
  void aViewCountsWhereSomethingThatRunsMentionsIt() {
    String views =
        """
        views:
          all_of_them: { source: 'select id, mail from customers' }
          some_of_them: { source: select * from all_of_them where id > 1 }
        """;
    String reads =
        HEAD + "from: { sql: select id from some_of_them }\nto: { people: { id: id } }\n";

    assertThat(unaccounted(SET + views, reads, KIOSK)).isEmpty();
    String other = HEAD + "from: { sql: select id from orders }\nto: { people: { id: id } }\n";
    assertThat(unaccounted(SET + views, other, KIOSK)).containsExactly("customers");
    assertThat(unaccounted(SET + views.replace("source:", "target:"), reads, KIOSK))
        .containsExactly("customers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  customers: nobody is one\n",
        "  cust*: nobody is one\n",
        "  '*': nothing is kept\n",
        "  customers: { id: a number, mail: nobody writes }\n",
      })
  void whatTheLedgerListsIsAccountedFor(String entry) {
    check(files(SET, NOTHING).with("ledger.yaml", ledger("source", entry))).source(KIOSK);

    assertThat(found()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"  custom*: nobody is one\n", "  b_*: nobody is one\n"})
  void aStarStandsForTheRestOfANameOnly(String entry) {
    check(files(SET, NOTHING).with("ledger.yaml", ledger("source", entry)))
        .source(catalog("a_customers: {columns: {id: int8}}"));

    assertThat(found())
        .singleElement()
        .asString()
        .endsWith("the table a_customers of the source is read by no mapping" + HINT);
  }

  @Test
  void aMappingForOtherVersionsAccountsForNothing() {
    String later =
        HEAD
            + "shop: '>=95'\nfrom: { table: customers }\nlabel: [mail]\nto: { people: { id: id } }\n";

    assertThat(unaccounted(SET, later, KIOSK)).containsExactly("customers");
  }

  @Test
  void aTableOfWhichSomeIsListedIsNamedAtItsEntry() {
    MappingFiles files =
        files(SET, NOTHING)
            .with(
                "ledger.yaml",
                ledger("source", "  alone: of another release\n  ‸customers: { id: a number }\n"));
    check(files).source(KIOSK);

    assertThat(found())
        .containsExactly(
            files.marks().get(1)
                + ": the column customers.mail of the source is read by no mapping"
                + HINT);
  }

  @Test
  void theLedgerOfTheOtherSideCountsForNothing() {
    check(files(SET, NOTHING).with("ledger.yaml", ledger("target", "  customers: nobody\n")))
        .source(KIOSK);

    assertThat(found())
        .containsExactly(
            "set.yaml:1:6: the table customers of the source is read by no mapping" + HINT);
  }

  @Test
  void anEntryThatAMappingContradictsIsNamedAtItsPlace() {
    MappingFiles files =
        files(SET, HEAD + "from: { table: customers }\nlabel: [mail]\nto: { people: { id: id } }\n")
            .with("ledger.yaml", ledger("source", "  customers: { ‸mail: nobody writes }\n"));
    check(files).source(KIOSK);

    assertThat(found())
        .containsExactly(
            files.marks().get(1)
                + ": customers.mail is read by a mapping, so it does not belong in the ledger");
  }

  @Test
  void aWholeTableThatAMappingFillsIsNamedAtItsPlace() {
    MappingFiles files =
        files(SET, HEAD + "from: { table: customers }\nto: { people: { id: id } }\n")
            .with("ledger.yaml", ledger("target", "  ‸people: nobody is there\n"));
    check(files).target(SHOP);

    assertThat(found())
        .containsExactly(
            files.marks().get(1)
                + ": people is filled by a mapping, so it does not belong in the ledger");
  }

  @Test
  void aMisspeltColumnIsTheOnlyProblem() {
    MappingFiles files =
        files(SET, HEAD + "from: { table: customers }\nto: { people: { id: id } }\n")
            .with("ledger.yaml", ledger("source", "  customers: { ‸mial: nobody writes }\n"));
    check(files).source(KIOSK);

    assertThat(found())
        .containsExactly(
            files.marks().get(1) + ": the source has no customers.mial; did you mean mail?");
  }

  @Test
  void aMisspeltTableIsTheOnlyProblem() {
    MappingFiles files =
        files(SET, NOTHING)
            .with(
                "ledger.yaml",
                ledger("source", "  ‸custmers: nobody\n  ‸orderz: { id: a number }\n"));
    check(files).source(catalog("customers: {columns: {id: int8}}, orders: {columns: {id: int8}}"));

    assertThat(found())
        .containsExactly(
            files.marks().get(1) + ": the source has no custmers; did you mean customers?",
            files.marks().get(2) + ": the source has no orderz; did you mean orders?");
  }

  /** Other releases have other names. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "  customers: nobody\n  custommers: of another release\n",
        "  customers: { id: a number, mail: nobody, mial: of another release }\n",
        "  customers: { id: a number, mail: nobody, shoe_size: of another release }\n",
        "  customers: nobody\n  shelves: of another release\n",
      })
  void aNameThatIsNotThereIsNoMistakeByItself(String entries) {
    check(files(SET, NOTHING).with("ledger.yaml", ledger("source", entries))).source(KIOSK);

    assertThat(found()).isEmpty();
  }

  @Test
  void aNameNearOneThatIsReadIsNoMistake() {
    String reads = HEAD + "from: { table: customers }\nlabel: [mail]\nto: { people: { id: id } }\n";
    check(
            files(SET, reads)
                .with("ledger.yaml", ledger("source", "  custmers: of another release\n")))
        .source(KIOSK);

    assertThat(found()).isEmpty();
  }

  @Test
  void aMisspeltNameExcusesOnlyWhatWasMeant() {
    MappingFiles files =
        files(SET, NOTHING).with("ledger.yaml", ledger("source", "  ‸custmers: nobody\n"));
    check(files).source(catalog("customers: {columns: {id: int8}}, orders: {columns: {id: int8}}"));

    assertThat(found())
        .containsExactly(
            files.marks().get(1) + ": the source has no custmers; did you mean customers?",
            files.marks().get(1) + ": the table orders of the source is read by no mapping" + HINT);
  }

  /** The name of the same column in another table says nothing. */
  @Test
  void aColumnIsFreeWhereItsOwnTableDoesNotListIt() {
    MappingFiles files =
        files(SET, NOTHING)
            .with(
                "ledger.yaml",
                ledger(
                    "source",
                    "  customers: { id: a number, ‸mial: nobody }\n  orders: { mail: nobody }\n"));
    check(files)
        .source(
            catalog(
                "customers: {columns: {id: int8, mail: text}}, orders: {columns: {mail: text}}"));

    assertThat(found())
        .containsExactly(
            files.marks().get(1) + ": the source has no customers.mial; did you mean mail?");
  }

  @Test
  void nothingIsSaidOfWhatIsExcused() {
    Catalog two = catalog("customers: {columns: {id: int8}}, orders: {columns: {id: int8}}");
    new LedgerCheck(files(SET, NOTHING).load(), 94, problems, "customers"::equals).source(two);

    assertThat(found())
        .containsExactly(
            "set.yaml:1:6: the table orders of the source is read by no mapping" + HINT);
  }

  @Test
  void aColumnOfAnExcusedTableIsExcused() {
    String mapping = HEAD + "from: { table: customers }\nto: { people: { id: id } }\n";
    new LedgerCheck(files(SET, mapping).load(), 94, problems, "customers"::equals).source(KIOSK);

    assertThat(found()).isEmpty();
  }

  @Test
  void aColumnIsMissingWhereItsTableIsFilled() {
    MappingFiles files =
        files(SET, HEAD + "from: { table: customers }\nto: { ‸people: { id: id } }\n")
            .with("ledger.yaml", ledger("target", "  other: of another release\n"));
    check(files).target(SHOP);

    assertThat(found())
        .containsExactly(
            files.marks().get(1)
                + ": the column people.mail of the target is filled by no mapping"
                + HINT);
  }

  /** The names are in the order of the alphabet. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "  ‸alone: of another release\n  zebras: of another release\n",
        "  zebras: of another release\n  alone: of another release\n  ‸cabinets: of another\n",
        "  ‸shelves: of another release\n  zebras: of another release\n",
      })
  void aTableIsMissingBehindTheEntryBeforeIt(String entries) {
    MappingFiles files = files(SET, NOTHING).with("ledger.yaml", ledger("source", entries));
    check(files).source(KIOSK);

    assertThat(found())
        .containsExactly(
            files.marks().get(1)
                + ": the table customers of the source is read by no mapping"
                + HINT);
  }
}
