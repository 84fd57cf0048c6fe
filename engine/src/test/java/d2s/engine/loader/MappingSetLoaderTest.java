package d2s.engine.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.mapping.Block;
import d2s.engine.mapping.Derivation;
import d2s.engine.mapping.Expectation;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.View;
import d2s.engine.shop.MappingFiles;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a directory of mapping files says, and every way in which it can be wrong. */
class MappingSetLoaderTest {

  private static final String SET =
      """
      set: kiosk-to-shop
      source: { name: kiosk, marker_table: drawers }
      target: { name: shop, marker_table: shelves, version: select 3, supported: '>=2 <4' }
      phases:
        goods: What can be bought.
        money: What was paid.
      """;

  @TempDir private Path directory;

  @Test
  void everythingThatAFileCanSayIsRead() {
    MappingFiles files =
        files()
            .with(
                "set.yaml",
                SET
                    + """
                    description: Moves a kiosk into a shop.
                    views:
                      open_drawers: { source: select * from drawers where open }
                      full_shelves: { target: select * from shelves where full }
                    facts:
                      owner: { description: Who owns it. }
                      now: { description: When it happens., target: select 1 }
                    preconditions:
                      - source: select 'locked' where false
                        message: Unlock it first.
                    """)
            .with(
                "1/goods.yaml",
                """
                mapping: goods
                phase: goods
                description: All goods.
                shop: '>=2'
                from: { table: drawers, where: not empty }
                label: [id, name]
                lookups:
                  prices: { sql: 'select id, price from prices', key: id, value: price }
                  shelf_of: { target: 'select id, shelf from shelves', key: [id, shelf] }
                  labels: { table: labels, where: printed, key: id, value: text }
                let:
                  price: prices.get(id)
                  answer: 42
                skip:
                  - when: price == null
                    item: id
                    reason: it has no price
                to:
                  goods:
                    - when: price > 0
                      id: id
                      name: text:lower(name)
                      cheap: true
                      weight: 1.5
                      colour: null
                      rank: { value: -3, shop: '>=3' }
                    - for_each: part in asList(parts)
                      shop: '<3'
                      id: part
                depends_on: money
                """)
            .with(
                "2/money.yaml",
                """
                mapping: money
                phase: money
                description: All money.
                hook: Counter
                from:
                  group_by: day
                  coins: { sql: 'select day, coin from coins order by day' }
                  known: { target: select day from days order by day }
                to:
                  coins: { rows: coin, day: day }
                derive:
                  totals:
                    from: coins group by day
                    day: coins.day
                    total: { value: count(*), shop: '>=3' }
                    shop: '>=2'
                update:
                  till:
                    where: open
                    total: select 1
                sequences:
                  coin_seq: select max(id) from coins
                  note_seq: { value: '7', shop: '<3' }
                expect:
                  no coin is lost: select 1 where false
                  the kiosk is empty: { source: select 1 where false }
                counts:
                  as many coins: { source: select 1, target: select 2 }
                """);

    MappingSet set = files.load();

    assertThat(set.name()).hasToString("kiosk-to-shop");
    assertThat(set.endpoint(Side.SOURCE).name()).hasToString("kiosk");
    assertThat(set.endpoint(Side.TARGET).supported().contains(3)).isTrue();
    assertThat(set.endpoint(Side.TARGET).supported().contains(4)).isFalse();
    assertThat(set.phases()).extracting(p -> p.name().value()).containsExactly("goods", "money");
    assertThat(set.views()).extracting(View::side).containsExactly(Side.SOURCE, Side.TARGET);
    assertThat(set.facts()).extracting(f -> f.sql() == null).containsExactly(true, false);
    assertThat(set.preconditions()).hasSize(1);

    Mapping goods = set.mappings().get(0);
    assertThat(goods.versions().contains(1)).isFalse();
    assertThat(goods.from().get(0).where()).hasToString("not empty");
    assertThat(goods.label()).extracting(Text::value).containsExactly("id", "name");
    assertThat(goods.lookups())
        .extracting(l -> l.name() + " " + l.relation().side() + " " + l.keys() + " " + l.value())
        .containsExactly(
            "prices source [id] price",
            "shelf_of target [id, shelf] null",
            "labels source [id] text");
    assertThat(goods.lets())
        .extracting(let -> let.value().getClass().getSimpleName())
        .containsExactly("Expression", "Constant");
    assertThat(goods.skips().get(0).reason()).hasToString("it has no price");
    assertThat(goods.dependsOn()).extracting(Text::value).containsExactly("money");
    assertThat(goods.to()).hasSize(2);
    Block first = goods.to().get(0);
    assertThat(first.when().text()).isEqualTo("price > 0");
    assertThat(first.columns())
        .filteredOn(column -> column.value() instanceof Value.Constant)
        .extracting(column -> ((Value.Constant) column.value()).constant())
        .containsExactly(true, 1.5, null, -3L);
    assertThat(first.columns().get(5).versions().contains(2)).isFalse();
    Block second = goods.to().get(1);
    assertThat(second.forEach().variable()).isEqualTo("part");
    assertThat(second.forEach().list().text()).isEqualTo("asList(parts)");
    assertThat(second.versions().contains(3)).isFalse();

    Mapping money = set.mappings().get(1);
    assertThat(money.hook()).hasToString("Counter");
    assertThat(money.groupBy()).hasToString("day");
    assertThat(money.from()).extracting(Relation::name).containsExactly("coins", "known");
    assertThat(money.from()).extracting(Relation::side).containsExactly(Side.SOURCE, Side.TARGET);
    assertThat(money.to().get(0).rows()).hasToString("coin");
    Derivation derivation = money.derive().get(0);
    assertThat(derivation.columns())
        .extracting(c -> c.name().value())
        .containsExactly("day", "total");
    assertThat(derivation.columns().get(1).versions().contains(2)).isFalse();
    assertThat(derivation.versions().contains(1)).isFalse();
    assertThat(money.updates().get(0).where()).hasToString("open");
    assertThat(money.sequences())
        .extracting(s -> s.versions().contains(3))
        .containsExactly(true, false);
    assertThat(money.expectations())
        .extracting(Expectation::side)
        .containsExactly(Side.TARGET, Side.SOURCE);
    assertThat(money.counts())
        .singleElement()
        .satisfies(
            count -> {
              assertThat(count.name()).hasToString("as many coins");
              assertThat(count.source()).hasToString("select 1");
              assertThat(count.target()).hasToString("select 2");
            });
  }

  @Test
  void allProblemsOfAllFilesAreReportedAtOnceInOrder() {
    MappingFiles files =
        files()
            .with("a.yaml", "mapping: a\n‸fase: goods\ndescription: A.\nexpect: { ‸x: '' }\n")
            .with(
                "b.yaml",
                "mapping: b\nphase: ‸good\ndescription: B.\ndepends_on: ‸aa\nexpect: {x: select 1}\n")
            .with("c.yaml", "mapping: [unclosed\n‸");

    assertThat(files.problems())
        .extracting(problem -> problem.at().toString())
        .containsExactly(
            files.marks().get(0),
            files.marks().get(1),
            files.marks().get(2),
            files.marks().get(3),
            files.marks().get(4));
    assertThatThrownBy(files::load)
        .isInstanceOf(InvalidMappingsException.class)
        .hasMessageContaining("unknown key fase; did you mean phase?")
        .hasMessageContaining("no phase good in set.yaml; did you mean goods?")
        .hasMessageContaining("no mapping aa; did you mean a?");
  }

  @Test
  void aProblemQuotesItsLineAndPointsAtThePlace() {
    MappingFiles files =
        files()
            .with("a.yaml", "mapping: a\nphase:   good\ndescription: A.\nexpect: {x: select 1}\n");

    assertThat(files.problems().get(0))
        .hasToString(
            """
            a.yaml:2:10: no phase good in set.yaml; did you mean goods?
              2 | phase:   good
                |          ^""");
  }

  @Test
  void problemsOfOtherFilesAreReportedEvenIfTheSetCannotBeRead() {
    MappingFiles files =
        new MappingFiles(directory)
            .with("set.yaml", "set: [‸")
            .with("a.yaml", "mapping: a\n‸mapping: b\n");

    assertThat(files.problems())
        .extracting(problem -> problem.at().source().name())
        .contains("a.yaml", "set.yaml");
  }

  @Test
  void namesMustBeUniqueAndTheOtherPlaceIsTold() {
    String mapping = "mapping: twice\nphase: goods\ndescription: A.\nexpect: {x: select 1}\n";
    MappingFiles files = files().with("a.yaml", mapping).with("b/c.yaml", mapping);

    assertThat(files.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.at()).hasToString("b/c.yaml:1:10");
              assertThat(problem.message())
                  .isEqualTo("the mapping name twice is already taken at a.yaml:1:10");
            });
  }

  @Test
  void aMappingCannotDependOnItself() {
    MappingFiles files =
        files()
            .with(
                "a.yaml",
                "mapping: a\nphase: goods\ndescription: A.\ndepends_on: [‸a]\nexpect: {x: select 1}\n")
            .with(
                "b.yaml",
                "mapping: b\nphase: goods\ndescription: B.\nto: {}\nlookups: {l: {skipped: ‸aa}}\n");

    assertThat(files.problems())
        .extracting(Problem::message)
        .containsExactly("a mapping cannot depend on itself", "no mapping aa; did you mean a?");
    assertThat(files.problems().get(0).at()).hasToString(files.marks().get(0));
  }

  @Test
  void onlyYamlFilesAreRead() throws IOException {
    MappingFiles files =
        files()
            .with("mapping.schema.json", "{ no: yaml")
            .with("README.md", "mapping: [")
            .with(".hidden.yaml", "mapping: [");
    assertThat(files.load().mappings()).isEmpty();

    files.with("late.yml", "mapping: late\n");
    assertThat(files.problems())
        .singleElement()
        .hasToString(
            """
            late.yml:1:1: the names of mapping files end in .yaml; this one would not be read
              1 |\s
                | ^""");
  }

  @Test
  void aLinkToADirectoryIsFollowed() throws IOException {
    files().with("a.yaml", "mapping: a\nphase: goods\ndescription: A.\nexpect: {x: select 1}\n");
    Path link = directory.resolveSibling(directory.getFileName() + "-link");
    Files.createSymbolicLink(link, directory);
    try {
      assertThat(MappingSetLoader.load(link).mappings()).hasSize(1);
    } finally {
      Files.delete(link);
    }
  }

  @Test
  void aFileThatIsNotUtf8IsNamed() throws IOException {
    MappingFiles files = files();
    Files.write(
        directory.resolve("latin.yaml"),
        "description: Gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(files.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.at()).hasToString("latin.yaml:1:1");
              assertThat(problem.message()).contains("UTF-8");
            });
  }

  @Test
  void aByteOrderMarkDoesNotMatter() {
    MappingFiles files =
        files()
            .with(
                "a.yaml",
                "\ufeffmapping: a\nphase: goods\ndescription: A.\nexpect: {x: select 1}\n");

    assertThat(files.load().mappings()).hasSize(1);
  }

  @Test
  void aDirectoryWithoutSetIsRefused() {
    assertThatThrownBy(() -> MappingSetLoader.load(directory))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("a directory of mapping files must have a set.yaml");
    assertThatThrownBy(() -> MappingSetLoader.loadResources("nowhere"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void aBrokenSetSaysAllThatIsMissing() {
    MappingFiles files =
        new MappingFiles(directory)
            .with(
                "set.yaml",
                """
                sets: x
                source: { marker_table: drawers, supported: '>1' }
                target: { name: shop, marker_table: shelves, supported: 2.0 }
                facts:
                  not a name: { description: x }
                  silent: { source: select 1 }
                  both: { description: x, source: select 1, target: select 1 }
                views: { v: { table: x } }
                preconditions:
                  - source: select 1
                """);

    assertThat(files.problems())
        .extracting(problem -> problem.at().line() + " " + problem.message())
        .containsExactlyInAnyOrder(
            "1 unknown key sets; did you mean set? (known here: description, facts, phases,"
                + " preconditions, secrets, set, source, stores, target, views)",
            "2 the key name is missing",
            "2 unknown key supported (known here: marker_table, name, version)",
            "3 the key version is missing",
            "3 not a version range: 2.0; write for example '>=92' or '>=88 <94'",
            "5 not a name is not a name: letters, digits and _ only",
            "6 the key description is missing",
            "7 say one of source: and target: (a query on that database)",
            "8 unknown key table (known here: source, target)",
            "8 say one of source: and target: (a query on that database)",
            "10 the key message is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                      | LOAD CHECK",
        "applies_to: load      | LOAD",
        "applies_to: [load]    | LOAD",
        "applies_to: [files, load, check] | LOAD CHECK FILES",
      })
  void aPreconditionSaysWhereItMustHold(String line, String uses) {
    MappingFiles files =
        files()
            .with(
                "set.yaml",
                SET
                    + "preconditions:\n  - source: select 1\n    message: No.\n"
                    + (line == null ? "" : "    " + line + "\n"));

    assertThat(files.load().preconditions().get(0).appliesTo())
        .extracting(Enum::name)
        .containsExactly(uses.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "applies_to: [load, ‸lod] | applies_to does not know lod; did you mean load? (known here:",
        "‸applies_to: []          | applies_to is empty; say one or more of load, check, files",
      })
  void whereAPreconditionMustHoldIsChecked(String line, String message) {
    MappingFiles files =
        files()
            .with(
                "set.yaml",
                SET + "preconditions:\n  - source: select 1\n    message: No.\n    " + line + "\n");

    assertThat(files.problems()).hasSize(1);
    assertThat(files.problems().get(0).message()).startsWith(message);
    assertThat(files.problems().get(0).at())
        .hasToString(files.marks().get(files.marks().size() - 1));
  }

  private MappingFiles files() {
    return new MappingFiles(directory).with("set.yaml", SET);
  }
}
