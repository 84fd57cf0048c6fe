package d2s.engine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.examples.ExampleTrials.Running;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogReader;
import d2s.engine.shop.MappingFiles;
import d2s.engine.shop.Shops;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples that are right, and what is told of those that are not. */
class ExampleTrialsTest {

  private static final String SET =
      """
      set: kiosk-to-shop
      source: { name: kiosk, marker_table: kiosk_info }
      target: { name: shop, marker_table: shop_version, version: select version from shop_version }
      phases: { all: Everything. }
      facts:
        bonus: { description: A present for everybody., source: select count(*) from customers, example: 7 }
      """;

  private static final String PEOPLE =
      """
      mapping: people
      phase: all
      description: Customers become people.
      from: { table: customers }
      label: [id]
      skip: { when: mail == null, item: "'customer ' + id", reason: a person needs mail }
      to:
        people:
          id: id
          mail: mail
          name: text:emptyToNull(name)
          rank: bonus
          extra: note
          photo: photo
      examples:
      """;

  private static Catalog kiosk;
  private static Catalog shop;

  @TempDir private Path directory;

  @BeforeAll
  static void read() throws SQLException {
    kiosk = catalog(Shops.kiosk(), "kiosk", "select 1");
    shop = catalog(Shops.shop(), "shop", "select version from shop_version");
  }

  private static Catalog catalog(TestDatabase database, String name, String version)
      throws SQLException {
    try (Connection connection = database.connect()) {
      return CatalogReader.read(connection, name, version);
    }
  }

  private List<Problem> problems(MappingFiles files) throws SQLException {
    ExampleTrials trials = new ExampleTrials(files.load(), kiosk, List.of(shop));
    Problems problems = new Problems();
    trials.check(problems);
    if (problems.isEmpty()) {
      List<TestDatabase> made = new ArrayList<>();
      try (Running running = trials.start(name -> create(made))) {
        for (ExampleTrials.Case one : trials.cases()) {
          running.run(one, problems);
        }
      }
      for (TestDatabase database : made) {
        database.drop();
      }
    }
    return problems.sorted();
  }

  private static DataSource create(List<TestDatabase> made) throws SQLException {
    made.add(TestPostgres.createDatabase("examples"));
    return made.get(made.size() - 1).dataSource();
  }

  private MappingFiles people(String example) {
    return new MappingFiles(directory)
        .with("set.yaml", SET)
        .with("people.yaml", PEOPLE + example.indent(2));
  }

  /** A row that other mappings would have written has columns of its version, too. */
  @Test
  void aColumnThatOnlyOtherVersionsHaveComesWithTheAdvice() throws SQLException {
    MappingFiles files =
        people(
                """
                - description: What is there before
                  given:
                    people: [{ id: 1, mail: zoe@a.example, nick: Zoe, nik: Zoe }]
                  target:
                    people: 1
                """)
            .with(
                "nicks.yaml",
                """
                mapping: nicks
                phase: all
                description: Names for friends.
                from: { table: customers }
                label: [id]
                to:
                  people:
                    id: id
                    nick: { value: name, shop: '>=99' }
                """);

    assertThat(problems(files))
        .extracting(Problem::message)
        .containsExactly(
            "no column nick in people of this version; give the example the range of versions that"
                + " have it, and add one for the others",
            "no column nik in people");
  }

  @Test
  void whatComesOutAsSaidIsNoProblem() throws SQLException {
    MappingFiles files =
        people(
            """
            - description: Values of every kind, and neutral ones for what is left out
              source:
                customers:
                  - { id: 1, mail: zoe@a.example, name: '', note: { likes: [tea, 1.50] }, photo: '\\x00ff' }
                  - { mail: ann@a.example }
                  - { id: 3, mail: null }
              target:
                people:
                  - { id: 2, name: null, mail: ann@a.example, extra: null, vip: false }
                  - { id: 1, name: null, rank: 7, extra: { likes: [tea, 1.5] }, photo: '\\x00ff' }
              skipped: { item: customer 3, reason: needs mail }
            - description: A fact of its own, and only the number of rows
              facts: { bonus: 8 }
              source: { customers: [{ mail: a }, { mail: b }] }
              target: { people: 2 }
            """);

    assertThat(problems(files)).isEmpty();
  }

  @Test
  void aRowOfOneExampleIsNotInTheNext() throws SQLException {
    String example =
        """
        - description: %s
          source: { customers: [{ id: 1, mail: a }] }
          given: { people: [{ id: 2, mail: b }] }
          target: { people: [{ id: 1 }, { id: 2 }] }
        """;

    assertThat(problems(people(example.formatted("One") + example.formatted("Two")))).isEmpty();
  }

  @Test
  void aDifferenceIsToldWhereTheExpectedValueStands() throws SQLException {
    MappingFiles files =
        people(
            """
            - description: Wrong
              source:
                customers:
                  - { id: 1, mail: a, name: Zoë, note: { likes: [tea, rye], age: 7 } }
              target:
                people:
                  - id: 1
                    name: ‸Zoe
                    rank: ‸8
                    extra: { likes: [tea, ‸ryes], age: 7 }
            """);

    List<Problem> problems = problems(files);

    assertThat(problems)
        .extracting(problem -> problem.at().toString())
        .containsExactlyElementsOf(files.marks());
    assertThat(problems)
        .extracting(problem -> problem.message().lines().toList())
        .allSatisfy(
            lines ->
                assertThat(lines.subList(1, lines.size()))
                    .containsExactly(
                        "  people has 1 row:",
                        "  - id: 1, mail: a, name: Zoë, vip: false, rank: 7, extra: {\"age\": 7,"
                            + " \"likes\": [\"tea\", \"rye\"]}"))
        .extracting(lines -> lines.get(0))
        .containsExactly(
            "row 1 of people: name is 'Zoë', not 'Zoe' (example: Wrong)",
            "row 1 of people: rank is 7, not 8 (example: Wrong)",
            "row 1 of people: extra.likes[1] is \"rye\", not \"ryes\" (example: Wrong)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "target: { ‸people: [{ id: 1 }] } | people has 2 rows, 1 more than the example names",
        "target: { people: ‸3 } | people has 2 rows, not 3",
        "target: { people: [{ id: 1 }, { id: 2 }, ‸{ id: 3 }] } | row 3 of people did not come",
        "target: { people: 2 }, skipped: { item: ‸customer 1 } | customer 1 is not skipped",
      })
  void whatIsMissingOrTooMuchIsToldToo(String result, String message) throws SQLException {
    MappingFiles files =
        people(
            "- { description: Two, source: { customers: [{ id: 1, mail: a }, { id: 2, mail: b }] }, "
                + result
                + " }\n");

    assertThat(problems(files))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.at()).hasToString(files.marks().get(0));
              assertThat(problem.message()).startsWith(message + " (example: Two)\n");
            });
  }

  @Test
  void whatTheExampleDoesNotNameIsTold() throws SQLException {
    MappingFiles files =
        people(
            """
            - description: ‸Silent
              source: { customers: [{ id: 1, mail: a }, { id: 2 }] }
              sequences: { other_number: 1000 }
            """);

    assertThat(problems(files))
        .extracting(problem -> problem.at() + ": " + problem.message().lines().findFirst().get())
        .containsExactly(
            files.marks().get(0)
                + ": customer 2 is skipped, which the example does not name (example: Silent)",
            files.marks().get(0)
                + ": people has 1 row, but the example does not name the table; name its rows, or"
                + " how many there are (example: Silent)");
  }

  @Test
  void aRowThatTheTargetRefusesIsTold() throws SQLException {
    MappingFiles files =
        people(
            """
            - description: ‸The same mail twice
              source: { customers: [{ id: 1, mail: a }, { id: 2, mail: a }] }
              target: { people: 2 }
            """);

    assertThat(problems(files))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.at()).hasToString(files.marks().get(0));
              assertThat(problem.message())
                  .startsWith("the mapping fails in this example: ")
                  .contains("people.yaml:1:10", "people_mail_key");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "customers: [‸{ joined: yesterday or so }] | PostgreSQL refuses this row of customers",
        "customers: [{ name: ‸0123456789012345678901234567890123456789x }] | the column name is"
            + " varchar(40), and the text is longer",
        "customers: [{ tags: ‸[a, 1] }] | the column tags is text[], and an element is of another kind",
        "customers: [{ vip: '‸true' }] | the column vip is bool, not a text",
        "customers: [{ visits: ‸1.5 }] | the column visits is int4, not a fraction",
        "customers: [{ visits: ‸[1] }] | the column visits is int4, not a list",
        "customers: [{ mail: \"‸\\0\" }] | the column mail cannot hold U+0000",
        "‸customer: [{ id: 1 }] | no table customer in the source; did you mean customers?",
      })
  void aValueThatDoesNotFitIsTold(String rows, String message) throws SQLException {
    MappingFiles files =
        people("- { description: Wrong, source: { " + rows + " }, target: { people: 1 } }\n");

    assertThat(problems(files))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.at()).hasToString(files.marks().get(0));
              assertThat(problem.message()).startsWith(message);
            });
  }
}
