package d2s.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import d2s.engine.bound.BoundMappings;
import d2s.engine.check.Checker;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.Queries;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogReader;
import d2s.engine.shop.MappingFiles;
import d2s.engine.shop.Shops;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of mappings, on a target where purchases refer to people and lines to purchases. */
class PlanTest {

  private static final String SET =
      """
      set: kiosk-to-shop
      source: { name: kiosk, marker_table: kiosk_info }
      target: { name: shop, marker_table: shop_version, version: select version from shop_version }
      phases: { first: First., second: Second. }
      views:
        bought: { target: "select person_id from purchases where 'summaries' <> '' -- place" }
        buyers: { target: select * from bought }
      """;

  private static final String PEOPLE =
      "from: { table: customers }\nto: { people: { id: id, mail: mail } }\n";
  private static final String PURCHASES =
      "from: { table: orders }\nto: { purchases: { person_id: customer_id, placed: placed } }\n";
  private static final String LINES =
      "from: { table: orders }\nto: { purchase_lines: { purchase_id: id } }\n";
  private static final String SUMMARY =
      "derive: { summaries: { from: people, what: people.mail } }\n";

  private static Connection source;
  private static Connection target;

  @TempDir private Path directory;

  private final Problems problems = new Problems();
  private MappingFiles files;

  @BeforeAll
  static void connect() throws SQLException {
    source = Shops.kiosk().connect();
    target = Shops.shop().connect();
  }

  @AfterAll
  static void disconnect() throws SQLException {
    source.close();
    target.close();
  }

  @Test
  void foreignKeysComeFirstEvenOverThePhases() throws SQLException {
    mapping("a", "first", LINES);
    mapping("b", "first", PURCHASES);
    mapping("c", "second", PEOPLE);

    Plan plan = plan();
    assertThat(names(plan)).containsExactly("c", "b", "a");
    assertThat(plan.step("a").orElseThrow().after())
        .containsExactly(entry("b", "purchase_lines refers to purchases"));
    assertThat(plan.step("b").orElseThrow().after())
        .containsExactly(entry("c", "purchases refers to people"));
  }

  @Test
  void whatWasSkippedIsAskedAfterwards() throws SQLException {
    mapping("a", "first", "from: { table: orders }\nlookups: { l: { skipped: b } }\nto: {}\n");
    mapping("b", "second", PURCHASES);

    Plan plan = plan();
    assertThat(names(plan)).containsExactly("b", "a");
    assertThat(plan.step("a").orElseThrow().after())
        .containsExactly(entry("b", "asks what b skipped"));
  }

  @Test
  void whatAMappingReadsOfTheTargetComesBeforeIt() throws SQLException {
    mapping("a", "first", "derive: { summaries: { from: PURCHASES p, what: '''x''' } }\n");
    mapping("b", "first", "from: { target: select id from \"purchases\" }\nexpect: {}\n");
    mapping(
        "c",
        "first",
        "from: { table: orders }\n"
            + "lookups: { l: { target: select id from purchases, key: id } }\nto: {}\n");
    mapping("d", "first", "update: { place: { value: select count(*) from purchases } }\n");
    mapping("e", "first", "sequences: { purchase_number: select max(id) from purchases }\n");
    mapping("f", "first", "from: { target: select * from buyers }\nto: {}\n");
    mapping(
        "g",
        "first",
        "update: { place: { where: 1 in (select id from purchases), value: '1' } }\n");
    mapping("h", "first", "expect: { fine: select 1 from purchases where false }\n");
    mapping("i", "first", "update: { place: { value: \"length('purchases') -- purchases\" } }\n");
    mapping("j", "first", "derive: { summaries: { from: buyers, what: \"'x'\" } }\n");
    mapping("z", "second", PURCHASES);

    Plan plan = plan();
    assertThat(names(plan)).containsExactly("h", "i", "z", "a", "b", "c", "d", "e", "f", "g", "j");
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "j")) {
      assertThat(plan.step(name).orElseThrow().after())
          .as(name)
          .containsExactly(entry("z", "reads purchases"));
    }
    assertThat(plan.step("f").orElseThrow().reads()).containsExactly("purchases");
  }

  @Test
  void aMappingThatNeedsNothingStandsWhereItsPhaseAndFileSay() throws SQLException {
    mapping("z", "first", SUMMARY.replace("summaries", "place").replace("what", "name"));
    mapping("y", "second", PEOPLE);
    mapping("a", "second", "expect: { x: select 1 where false }\n");
    mapping("m", "first", "expect: { x: select 1 where false }\n");

    // z reads what y fills; m would stand before z by its file, and a before y.
    assertThat(names(plan())).containsExactly("m", "a", "y", "z");
  }

  @Test
  void whatTouchesTheSameTableWaits() throws SQLException {
    mapping("a", "first", PEOPLE);
    mapping("b", "first", PEOPLE.replace("people", "summaries").replace("id: id, mail", "what"));
    mapping("c", "first", "update: { people: { rank: '1' } }\n");
    mapping("d", "first", SUMMARY.replace("summaries", "place").replace("what", "name"));
    mapping("e", "first", "update: { place: { value: '2' } }\n");
    mapping("f", "second", "expect: { x: select 1 from people where false }\n");
    mapping("g", "second", "expect: { x: select 1 where false }\ndepends_on: b\n");

    Plan plan = plan();
    assertThat(waits(plan, "a")).isEmpty();
    assertThat(waits(plan, "b")).isEmpty();
    assertThat(waits(plan, "c")).containsExactly("a");
    assertThat(waits(plan, "d")).containsExactly("a", "c");
    assertThat(waits(plan, "e")).containsExactly("d");
    // Expectations are asked when all is over.
    assertThat(waits(plan, "f")).isEmpty();
    assertThat(waits(plan, "g")).containsExactly("b");
  }

  @Test
  void thoseWaitThatWaitForAnotherThatWaits() throws SQLException {
    mapping("a", "first", PEOPLE);
    mapping("b", "first", "update: { people: { rank: '1' } }\n");
    mapping("c", "first", SUMMARY.replace("summaries", "place").replace("what", "name"));
    mapping("d", "first", "expect: { x: select 1 from people where false }\n");

    assertThat(plan().howManyWait())
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", 2, "b", 1, "c", 0, "d", 0));
  }

  private static Collection<String> waits(Plan plan, String name) {
    return plan.waitsFor(plan.step(name).orElseThrow());
  }

  @Test
  void explicitOrderCounts() throws SQLException {
    mapping("a", "first", PEOPLE + "depends_on: [c, b]\n");
    mapping("b", "first", "expect: { x: select 1 where false }\ndepends_on: c\n");
    mapping("c", "second", "expect: { x: select 1 where false }\n");

    Plan plan = plan();
    assertThat(names(plan)).containsExactly("c", "b", "a");
    assertThat(plan.step("b").orElseThrow().after()).containsExactly(entry("c", "says so"));
  }

  @Test
  void aMappingDoesNotWaitForItself() throws SQLException {
    mapping("a", "first", PEOPLE + "derive: { totals: { from: people, cents: '1' } }\n");
    mapping("b", "first", "derive: { people: { from: people p, id: p.id + 1, mail: '''x''' } }\n");

    // Both fill people; b reads it too, but filling wins.
    assertThat(names(plan())).containsExactly("a", "b");
  }

  @Test
  void closedPartsOrderNothing() throws SQLException {
    mapping("a", "first", "derive: { summaries: { from: people, what: people.mail } }\n");
    mapping(
        "b", "first", "derive: { people: { shop: '>9', from: summaries, id: '1', mail: what } }\n");

    Plan plan = plan();
    assertThat(names(plan)).containsExactly("a", "b");
    assertThat(plan.step("b").orElseThrow().fills()).isEmpty();
  }

  @Test
  void aCycleIsNamedWithItsPathAndReasons() throws SQLException {
    mapping("innocent", "first", LINES);
    mapping("‸buys", "first", PURCHASES + "depends_on: [sums]\n");
    mapping("lives", "first", PEOPLE);
    mapping("sums", "second", "derive: { totals: { from: purchase_lines, cents: '1' } }\n");
    mapping("waits", "second", "expect: { x: select 1 where false }\ndepends_on: [buys]\n");

    Plan plan = plan();
    assertThat(names(plan)).containsExactly("lives");
    Problem problem = problems.sorted().get(0);
    assertThat(problems.sorted()).hasSize(1);
    assertThat(problem.message())
        .isEqualTo(
            "these mappings wait for each other: buys after sums (says so, buys.yaml:6:14), sums after innocent"
                + " (reads purchase_lines, sums.yaml:4:27), innocent after buys (purchase_lines refers"
                + " to purchases, innocent.yaml:5:7)");
    assertThat(problem.at()).hasToString(files.marks().get(0));
  }

  @Test
  void phasesCanBeChosen() throws SQLException {
    mapping("a", "first", PURCHASES);
    mapping("b", "second", PEOPLE);

    Plan plan = plan();
    assertThat(names(plan.only(List.of()))).containsExactly("b", "a");
    assertThat(names(plan.only(List.of("first")))).containsExactly("a");
    assertThat(names(plan.only(List.of("second", "first")))).containsExactly("b", "a");
    assertThat(plan.step("nobody")).isEmpty();
  }

  private void mapping(String name, String phase, String rest) {
    if (files == null) {
      files = new MappingFiles(directory).with("set.yaml", SET);
    }
    String file = name.replace(MappingFiles.HERE, "") + ".yaml";
    files.with(file, "mapping: " + name + "\nphase: " + phase + "\ndescription: A.\n" + rest);
  }

  private Plan plan() throws SQLException {
    MappingSet set = files.load();
    Catalog catalog = CatalogReader.read(target, "shop", "select 3");
    BoundMappings checked =
        new Checker(
                set,
                CatalogReader.read(source, "kiosk", "select ''"),
                catalog,
                new Queries(set.views(), List.of(), Map.of()),
                new LiveDescriber(source, target),
                3,
                problems)
            .check();
    problems.throwIfAny();
    return Plan.of(set, checked, catalog, problems);
  }

  private static List<String> names(Plan plan) {
    return plan.steps().stream().map(Step::name).toList();
  }
}
