package d2s.engine.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.bound.BoundMappings;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.Queries;
import d2s.engine.query.SourceColumn;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogReader;
import d2s.engine.shop.MappingFiles;
import d2s.engine.shop.Shops;
import d2s.engine.sql.ConnectionLostException;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mapping files held against two real databases. */
class CheckerTest {

  private static final String SET =
      """
      set: kiosk-to-shop
      source: { name: kiosk, marker_table: kiosk_info }
      target: { name: shop, marker_table: shop_version, version: select version from shop_version }
      phases: { all: Everything. }
      facts:
        bonus: { description: A present for everybody., source: select 5::int8 }
        today: { description: When it is., target: "select now()::text" }
        owner: { description: Who owns it. }
      views:
        carried: { source: select * from customers where mail is not null }
        poor: { source: select * from carried where balance < :bonus }
      """;

  private static final String HEAD = "mapping: m\nphase: all\ndescription: A.\n";
  private static final String FROM = HEAD + "from: { table: customers }\n";
  private static final String HOOK =
      HEAD
          + """
          hook: CustomerTotalsHook
          from:
            group_by: person
            orders: { sql: 'select customer_id as person, cents, labels from orders order by 1' }
            people: { target: 'select id as person, vip, numbers from people order by 1' }
          """;

  private static TestDatabase kiosk;
  private static TestDatabase shop;
  private static Connection source;
  private static Connection target;

  @TempDir private Path directory;

  private final Problems problems = new Problems();

  @BeforeAll
  static void connect() throws SQLException {
    kiosk = Shops.kiosk();
    shop = Shops.shop();
    source = kiosk.connect();
    target = shop.connect();
  }

  @AfterAll
  static void disconnect() throws SQLException {
    source.close();
    target.close();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // Names of the source
        mistake(
            HEAD + "from: { table: ‸custmers }\nto: { people: { id: id, mail: xyz(a) } }\n",
            "no table custmers in the source; did you mean customers?"),
        mistake(
            FROM + "to: { people: { id: id, mail: ‸mial } }\n",
            "no column mial in customers; did you mean mail?"),
        mistake(
            FROM + "to: { people: { id: id, mail: mail, name: ‸nme } }\n",
            "no column nme in customers; did you mean name?"),
        mistake(
            FROM + "label: [id, ‸mial]\nto: { people: { id: id, mail: mail } }\n",
            "no column mial in customers; did you mean mail?"),
        mistake(
            FROM + "label: ‸x\nlet: { x: id }\nto: { people: { id: x, mail: mail } }\n",
            "no column x in customers"),
        mistake(
            FROM + "let: { x: ‸nothing + 1 }\nto: { people: { id: x, mail: mail } }\n",
            "no column nothing in customers"),
        mistake(
            FROM + "let: { x: ‸y, y: id }\nto: { people: { id: x, mail: mail } }\n",
            "the let y stands here or below; a let can only use those above it"),
        mistake(
            HEAD + "from: { sql: select * from ‸custmers }\nexpect: { x: select 1 }\n",
            "the source database rejected this: relation \"custmers\" does not exist"),
        mistake(
            HEAD + "from: { sql: select ‸mial from customers }\nexpect: { x: select 1 }\n",
            "the source database rejected this: column \"mial\" does not exist (Perhaps you meant to"
                + " reference the column \"customers.mail\".)"),
        mistake(
            HEAD + "from: { sql: \"select ‸:bonsu from customers\" }\nexpect: { x: select 1 }\n",
            "the source database rejected this: syntax error at or near \":\"; there is no fact bonsu; did you"
                + " mean bonus?"),
        mistake(
            HEAD + "from: { table: customers, where: ‸vipp }\nexpect: { x: select 1 }\n",
            "the source database rejected this: column \"vipp\" does not exist (Perhaps you meant to"
                + " reference the column \"customers.vip\".)"),
        mistake(
            HEAD + "from: { target: select 1 from ‸peple }\nexpect: { x: select 1 }\n",
            "the target database rejected this: relation \"peple\" does not exist"),
        mistake(
            HEAD.replace("m\n", "‸m\n") + "to: { people: { id: 1, mail: \"'x'\" } }\n",
            "the key from is missing: where do the rows come from?"),
        // Lookups
        mistake(
            FROM + "lookups: { l: { table: ‸artcles, key: code } }\nexpect: { x: select 1 }\n",
            "no table artcles in the source; did you mean articles?"),
        mistake(
            FROM + "lookups: { l: { table: articles, key: ‸cod } }\nexpect: { x: select 1 }\n",
            "no column cod in the lookup l; did you mean code?"),
        mistake(
            FROM
                + "lookups: { l: { table: articles, key: code, value: ‸isle } }\n"
                + "expect: { x: select 1 }\n",
            "no column isle in the lookup l; did you mean aisle?"),
        mistake(
            FROM + "lookups: { ‸l: { table: articles, key: [] } }\nexpect: { x: select 1 }\n",
            "a lookup needs a key of one or two columns"),
        mistake(
            FROM
                + "lookups: { ‸l: { table: articles, key: [code, aisle, cents] } }\n"
                + "expect: { x: select 1 }\n",
            "a lookup needs a key of one or two columns"),
        // Names of the target
        mistake(
            FROM + "to: { ‸poeple: { id: id } }\n",
            "no table poeple in the target; did you mean people?"),
        mistake(
            FROM + "to: { people: { id: id, mail: mail, ‸ranck: 1 } }\n",
            "no column ranck in people; did you mean rank?"),
        mistake(
            FROM + "to: { ‸people: { id: id } }\n",
            "people.mail is NOT NULL, has no default and is not filled"),
        mistake(
            HEAD
                + "from: { table: orders }\nto: { purchases: { person_id: id, placed: placed,"
                + " ‸doubled: id } }\n",
            "doubled is computed by the database from other columns; leave it out"),
        // Functions and conditions
        mistake(
            FROM + "to: { people: { id: id, mail: \"text:‸lwer(mail)\" } }\n",
            "no function text:lwer; did you mean lower?"),
        mistake(
            FROM + "to: { people: { id: id, mail: \"text:‸lower()\" } }\n",
            "lower takes 1 argument, not 0"),
        mistake(
            FROM + "to: { people: { when: ‸mail, id: id, mail: mail } }\n",
            "a condition must be true or false, but this is text"),
        mistake(
            FROM + "skip: [ { when: ‸id, item: id, reason: r } ]\nexpect: { x: select 1 }\n",
            "a condition must be true or false, but this is int8"),
        mistake(
            FROM
                + "let: { good: id }\nskip: [ { on_error: ‸goood, item: id, reason: r } ]\n"
                + "expect: { x: select 1 }\n",
            "no let goood; did you mean good?"),
        mistake(
            FROM
                + "let: { good: id }\nskip: [ { on_error: good, item: ‸good, reason: r } ]\n"
                + "expect: { x: select 1 }\n",
            "no column good in customers"),
        mistake(
            FROM + "to: { people: { for_each: x in ‸mail, id: id, mail: x } }\n",
            "for_each needs a list, not text"),
        // Constants
        mistake(FROM + "to: { people: { id: ‸null, mail: mail } }\n", "id is NOT NULL"),
        mistake(
            FROM + "to: { people: { id: id, mail: ‸5 } }\n",
            "mail is text, but this is a number; for a text write \"'5'\""),
        mistake(
            FROM + "to: { people: { id: id, mail: mail, vip: ‸1 } }\n",
            "vip is bool, but this is a number; write true or false"),
        mistake(
            FROM + "to: { people: { id: id, mail: mail, rank: ‸true } }\n",
            "rank is int4, but this is a boolean; write 1 or 0"),
        mistake(
            FROM + "to: { people: { id: id, mail: mail, rank: ‸1.5 } }\n",
            "rank is int4, but this is a fraction"),
        mistake(
            FROM + "to: { people: { id: id, mail: mail, rank: ‸9999999999 } }\n",
            "9999999999 is out of the range of rank, which is int4 (-2147483648 to 2147483647)"),
        mistake(
            FROM + "to: { people: { id: id, mail: mail, price: ‸5 } }\n",
            "price is numeric, which only the target can make: give it a text as value, and sql such as"
                + " value::numeric"),
        mistake(
            FROM + "to: { people: { id: id, mail: mail, made: ‸joined } }\n",
            "made is timestamptz, which only the target can make: give it a text as value, and sql such"
                + " as value::timestamptz"),
        // Columns that the target makes
        mistake(
            FROM + "to: { people: { id: id, mail: mail, made: { value: ‸visits, sql: now() } } }\n",
            "sql takes a text, and this is none"),
        mistake(
            FROM + "to: { people: { id: id, mail: mail, made: { value: ‸5, sql: now() } } }\n",
            "sql takes a text, and this is none"),
        mistake(
            FROM
                + "to: { people: { id: id, mail: mail, made: { value: mail, sql: ‸nowhere(value) } } }\n",
            "the target database rejected this: function nowhere(text) does not exist (No function matches the"
                + " given name and argument types. You might need to add explicit type casts.)"),
        mistake(
            FROM
                + "to: { people: { id: id, mail: mail, made: { value: mail, sql: ‸length(value) } } }\n",
            "the target database rejected this: cannot cast type integer to timestamp with time zone"),
        // Columns whose type can never fit
        misfit("id", "mail", "id is int8, but this is text"),
        misfit("id", "balance", "id is int8, but this is numeric(10,2)"),
        misfit("id", "share", "id is int8, but this is float4"),
        misfit("rank", "vip", "rank is int4, but this is bool"),
        misfit("vip", "visits", "vip is bool, but this is int4"),
        misfit("name", "id", "name is text, but this is int8"),
        misfit("name", "tags", "name is text, but this is text[]"),
        misfit("name", "photo", "name is text, but this is bytea"),
        misfit("photo", "mail", "photo is bytea, but this is text"),
        misfit("tags", "numbers", "tags is text[], but this is int8[]"),
        misfit("numbers", "tags", "numbers is int8[], but this is text[]"),
        misfit("share", "mail", "share is float8, but this is text"),
        misfit("extra", "id", "extra is jsonb, but this is int8"),
        misfit("code", "id", "code is uuid, but this is int8"),
        mistake(
            FROM + "let: { x: mail }\nto: { people: { id: ‸x, mail: mail } }\n",
            "id is int8, but this is text; convert it in the query or with a function"),
        // Hooks
        mistake(
            HOOK.replace("hook: CustomerTotalsHook", "hook: ‸CustomerTotalHook")
                + "expect: { x: select 1 }\n",
            "no hook CustomerTotalHook; did you mean CustomerTotalsHook?"),
        mistake(
            HOOK + "to: { totals: { rows: ‸totl, person_id: person, cents: cents } }\n",
            "say with rows: which rows of CustomerTotalsHook fill this table: total, amounts"),
        mistake(
            HOOK + "to: { ‸totals: { person_id: person, cents: cents } }\n",
            "say with rows: which rows of CustomerTotalsHook fill this table: total, amounts"),
        mistake(
            HOOK + "to: { totals: { rows: total, person_id: ‸persn, cents: cents } }\n",
            "no column persn in the row total of CustomerTotalsHook; did you mean person?"),
        mistake(
            FROM + "to: { people: { rows: ‸total, id: id, mail: mail } }\n",
            "rows: belongs to a mapping with a hook"),
        mistake(
            HOOK.replace("  orders: {", "  order: ‸{") + "expect: { x: select 1 }\n",
            "CustomerTotalsHook reads no relation order; did you mean orders? (it reads orders, people)"),
        mistake(
            HOOK.replace("  orders: {", "  bills: ‸{").replace("hook: ", "hook: ‸")
                + "expect: { x: select 1 }\n",
            "CustomerTotalsHook needs a relation orders with [cents, labels]",
            "CustomerTotalsHook reads no relation bills (it reads orders, people)"),
        mistake(
            HOOK.replace("orders: {", "orders: ‸{")
                    .replace("cents, labels", "cents as cent, labels")
                + "expect: { x: select 1 }\n",
            "the relation orders needs a column cents; did you mean cent?"),
        mistake(
            HOOK.replace("orders: {", "orders: ‸{").replace("customer_id as person, ", "")
                + "expect: { x: select 1 }\n",
            "the relation orders needs a column person"),
        mistake(
            HOOK.replace("orders: {", "orders: ‸{").replace("customer_id as", "1.5 as")
                + "expect: { x: select 1 }\n",
            "person is numeric; rows can be grouped by integers and texts"),
        mistake(
            HOOK.replace("people: {", "people: ‸{")
                    .replace("select id as", "select mail as")
                    .replace("from people order by 1", "from people order by mail collate \"C\"")
                + "expect: { x: select 1 }\n",
            "person is text here, but int8 in another relation"),
        mistake(
            HOOK.replace("order by 1' }\n  people", "order by ‸cents' }\n  people")
                + "expect: { x: select 1 }\n",
            "rows are read in groups, so they must come in the order of person first, and not of"
                + " cents"),
        mistake(
            HOOK.replace("order by 1' }\n  people", "order by ‸1 desc' }\n  people")
                + "expect: { x: select 1 }\n",
            "rows are read in groups, so they must come in the order of person, from the smallest to"
                + " the greatest: leave out desc"),
        // SQL on the target
        mistake(
            HEAD + "derive: { ‸totls: { from: people, cents: 1 } }\n",
            "no table totls in the target; did you mean totals?"),
        mistake(
            HEAD + "derive: { totals: { from: people, ‸sents: 1 } }\n",
            "no column sents in totals; did you mean cents?"),
        mistake(
            HEAD + "derive: { ‸totals: { from: people, person_id: people.id } }\n",
            "totals.cents is NOT NULL, has no default and is not filled"),
        mistake(
            HEAD + "derive: { totals: { from: ‸peple, cents: '1' } }\n",
            "the target database rejected this: relation \"peple\" does not exist"),
        mistake(
            HEAD + "derive: { totals: { from: ‸people, cents: people.mail } }\n",
            "the target database rejected this: column \"cents\" is of type bigint but expression is of type"
                + " text (You will need to rewrite or cast the expression.)"),
        mistake(
            HEAD + "derive: { ‸totals: { from: people } }\n",
            "no column of totals is given a value"),
        mistake(
            HEAD + "update: { ‸plaice: { value: '1' } }\n",
            "no table plaice in the target; did you mean place?"),
        mistake(
            HEAD + "update: { place: { ‸valu: '1' } }\n",
            "no column valu in place; did you mean value?"),
        mistake(
            HEAD + "update: { place: { value: select max(‸idd) from people } }\n",
            "the target database rejected this: column \"idd\" does not exist (Perhaps you meant to reference"
                + " the column \"people.id\".)"),
        mistake(
            HEAD + "update: { place: { where: ‸nam = 'x', value: '1' } }\n",
            "the target database rejected this: column \"nam\" does not exist (Perhaps you meant to reference"
                + " the column \"place.name\".)"),
        mistake(
            HEAD + "sequences: { ‸purchase_nmber: '1' }\n",
            "no sequence purchase_nmber in the target; did you mean purchase_number?"),
        mistake(
            HEAD + "sequences: { purchase_number: select max(id) from ‸purchase }\n",
            "the target database rejected this: relation \"purchase\" does not exist"),
        mistake(
            HEAD + "counts: { x: { source: select 1 from ‸x, target: select ‸y } }\n",
            "the source database rejected this: relation \"x\" does not exist",
            "the target database rejected this: column \"y\" does not exist"),
        mistake(
            HEAD + "expect: { x: select 1 from ‸purchase }\n",
            "the target database rejected this: relation \"purchase\" does not exist"),
        mistake(
            HEAD + "expect: { x: { source: select 1 from ‸purchases } }\n",
            "the source database rejected this: relation \"purchases\" does not exist"));
  }

  private static Arguments misfit(String column, String value, String message) {
    String columns = column.equals("id") ? "" : "id: id, ";
    return mistake(
        FROM + "to: { people: { " + columns + "mail: mail, " + column + ": ‸" + value + " } }\n",
        message + "; convert it in the query or with a function");
  }

  private static Arguments mistake(String mapping, String... messages) {
    return Arguments.of(mapping, List.of(messages));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isReportedAtItsPlaceAndNothingElseIs(String mapping, List<String> messages)
      throws SQLException {
    MappingFiles files = files().with("m.yaml", mapping);
    check(files);

    List<String> expected = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      expected.add(files.marks().get(i) + " " + messages.get(i));
    }
    List<String> found =
        problems.sorted().stream().map(one -> one.at() + " " + one.message()).toList();
    if (mapping.contains("xyz")) {
      // Functions are checked even if the columns are not known; the columns are not.
      assertThat(found).hasSize(2).first().isEqualTo(expected.get(0));
      assertThat(found.get(1)).endsWith("no function xyz");
    } else {
      assertThat(found).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void allProblemsOfAllMappingsAreReportedAtOnce() throws SQLException {
    MappingFiles files =
        files()
            .with("a.yaml", FROM + "to: { people: { id: idd, mail: mial, rnk: 1 } }\n")
            .with("b.yaml", FROM.replace("m\n", "n\n") + "to: { poeple: { id: text:lwer(id) } }\n");
    check(files);

    assertThat(problems.sorted())
        .extracting(Problem::message)
        .containsExactly(
            "no column idd in customers; did you mean id?",
            "no column mial in customers; did you mean mail?",
            "no column rnk in people; did you mean rank?",
            "no table poeple in the target; did you mean people?",
            "no function text:lwer; did you mean lower?");
  }

  @Test
  void aMistakeInAViewIsToldOnceAndThere() throws SQLException {
    MappingFiles files =
        new MappingFiles(directory)
            .with(
                "set.yaml",
                SET
                    + "  rich: { source: select ‸blance from carried }\n"
                    + "  richest: { source: select * from rich }\n")
            .with("a.yaml", HEAD + "from: { sql: select * from rich }\nexpect: { x: select 1 }\n")
            .with(
                "b.yaml",
                HEAD.replace("m\n", "n\n")
                    + "from: { sql: select * from richest }\nexpect: { x: select 1 }\n");
    check(files);

    assertThat(problems.sorted()).extracting(one -> one.at().toString()).isEqualTo(files.marks());
    assertThat(problems.sorted().get(0).message()).contains("column \"blance\" does not exist");
  }

  @Test
  void closedPartsAreLeftOutAndNotMissed() throws SQLException {
    MappingFiles files =
        files()
            .with(
                "m.yaml",
                FROM
                    + """
                    to:
                      people: { id: id, mail: mail, colour: { value: 1, shop: '>9' } }
                      animals: { shop: '>9', id: id }
                    derive:
                      animals: { shop: '>9', from: people, id: id }
                      summaries: { from: people, what: mail, size: { value: '1', shop: '>9' } }
                    update:
                      animals: { shop: '>9', id: '1' }
                      place: { value: '1', size: { value: '1', shop: '>9' } }
                    sequences:
                      animal_number: { shop: '>9', value: '1' }
                    """)
            .with(
                "n.yaml",
                "mapping: n\nphase: all\ndescription: N.\nshop: '>9'\nfrom: { table: x }\n"
                    + "to: { y: { z: z } }\n");
    BoundMappings checked = check(files);

    assertThat(problems.sorted()).isEmpty();
    BoundMapping bound = checked.mappings().get(0);
    assertThat(checked.mappings()).hasSize(1);
    assertThat(bound.blocks()).hasSize(1);
    assertThat(bound.blocks().get(0).columns()).hasSize(2);
    assertThat(bound.mapping().derive()).hasSize(1);
    assertThat(bound.mapping().derive().get(0).columns()).hasSize(1);
    assertThat(bound.mapping().updates()).hasSize(1);
    assertThat(bound.mapping().updates().get(0).columns()).hasSize(1);
    assertThat(bound.mapping().sequences()).isEmpty();
  }

  @Test
  void everythingThatFitsIsBound() throws SQLException {
    MappingFiles files =
        files()
            .with(
                "m.yaml",
                HEAD
                    + """
                    from: { sql: 'select *, row_number() over () as number from poor -- all' }
                    label: id
                    lookups:
                      aisles: { table: articles, where: cents > 0, key: [code, cents], value: aisle }
                    let:
                      small: text:lower(name)
                    skip:
                      - when: vip
                        item: id
                        reason: a reason
                    to:
                      people:
                        id: number
                        mail: mail
                        name: joined
                        rank: visits
                        share: share
                        extra: note
                        tags: tags
                        numbers: numbers
                        photo: photo
                        code: name
                        short_name: small
                        made: null
                        seen: today
                    derive:
                      totals: { from: people -- all, person_id: people.id, cents: ':bonus -- five' }
                    update:
                      place: { where: name = 'x' -- one, value: select :bonus -- five }
                    sequences:
                      purchase_number: select max(id) from people -- last
                    expect:
                      fine: select 1 from people where id = :bonus -- none
                    """)
            .with(
                "n.yaml",
                HOOK.replace("m\n", "n\n")
                    + "to: { totals: { rows: total, person_id: person, cents: bonus } }\n");
    BoundMappings checked = check(files);

    assertThat(problems.sorted()).isEmpty();
    BoundMapping hook = checked.mapping("n").orElseThrow();
    assertThat(hook.relations()).extracting(BoundRelation::groupColumn).containsExactly(0, 0);
    assertThat(hook.relations())
        .extracting(BoundRelation::hookColumns)
        .containsExactly(List.of(1, 2), List.of(1, 2));
    assertThat(checked.mapping("m").orElseThrow().label()).hasSize(1);
  }

  @Test
  void onlyTheColumnsThatAreUsedAreRead() throws SQLException {
    MappingFiles files =
        files()
            .with(
                "m.yaml",
                FROM
                    + "label: name\nlet: { x: \"'' + visits\" }\n"
                    + "skip: { when: vip, item: x, reason: r }\n"
                    + "to: { people: { for_each: n in numbers, when: n > share, id: n, mail: mail } }\n");
    BoundMappings checked = check(files);

    assertThat(problems.sorted()).isEmpty();
    assertThat(checked.mappings().get(0).relations().get(0).columns())
        .extracting(SourceColumn::name)
        .containsExactly("mail", "name", "vip", "numbers", "visits", "share");
  }

  @Test
  void theTransactionOfTheCallerGoesOn() throws SQLException {
    MappingFiles files =
        files().with("m.yaml", HEAD + "from: { sql: select nothing }\nexpect: { x: select y }\n");
    source.setAutoCommit(false);
    target.setAutoCommit(false);
    try {
      target.createStatement().execute("insert into place values ('mine', 1)");
      check(files);
      assertThat(problems.sorted()).hasSize(2);
      assertThat(
              target
                  .createStatement()
                  .executeQuery("select 1 from place where name = 'mine'")
                  .next())
          .isTrue();
    } finally {
      source.rollback();
      target.rollback();
      source.setAutoCommit(true);
      target.setAutoCommit(true);
    }
  }

  @Test
  void aLostDatabaseIsNoProblemOfTheFiles() throws SQLException {
    MappingFiles files =
        files().with("m.yaml", HEAD + "from: { sql: select 1 as x }\nexpect: { x: select 1 }\n");
    Catalog catalog = catalog(source);
    Connection lost = kiosk.connect();
    lost.close();
    MappingSet set = files.load();
    Checker checker =
        new Checker(
            set, catalog, catalog, queries(set), new LiveDescriber(lost, lost), 3, problems);

    assertThatThrownBy(checker::check).isInstanceOf(ConnectionLostException.class);
    assertThat(problems.sorted()).isEmpty();
  }

  /** Somebody cancels it, or a lock is in the way. */
  @Test
  void aDatabaseThatIsKeptFromAnsweringIsNoProblemOfTheFiles() throws SQLException {
    kiosk.execute("create table locked (id int)");
    MappingFiles files =
        files()
            .with(
                "m.yaml", HEAD + "from: { sql: select id from locked }\nexpect: { x: select 1 }\n");
    Catalog catalog = catalog(source);
    MappingSet set = files.load();
    try (Connection other = kiosk.connect();
        Connection waiting = kiosk.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table locked in access exclusive mode");
      waiting.createStatement().execute("set lock_timeout = '20ms'");
      Checker checker =
          new Checker(
              set, catalog, catalog, queries(set), new LiveDescriber(waiting, target), 3, problems);

      assertThatThrownBy(checker::check)
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("lock timeout");
      assertThat(problems.sorted()).isEmpty();
    } finally {
      kiosk.execute("drop table locked");
    }
  }

  private MappingFiles files() {
    return new MappingFiles(directory).with("set.yaml", SET);
  }

  private BoundMappings check(MappingFiles files) throws SQLException {
    MappingSet set = files.load();
    return new Checker(
            set,
            catalog(source),
            catalog(target),
            queries(set),
            new LiveDescriber(source, target),
            3,
            problems)
        .check();
  }

  private static Queries queries(MappingSet set) {
    List<String> facts = set.facts().stream().map(fact -> fact.name().value()).toList();
    // No values: as when files are checked without the databases that they will run on.
    return new Queries(set.views(), facts, Map.of());
  }

  private static Catalog catalog(Connection connection) throws SQLException {
    return CatalogReader.read(connection, "catalog", "select ''");
  }
}
