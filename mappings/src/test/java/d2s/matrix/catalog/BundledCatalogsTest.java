package d2s.matrix.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import d2s.engine.catalog.CatalogDifference;
import d2s.engine.catalog.CatalogYaml;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogDdl;
import d2s.engine.schema.CatalogReader;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.ColumnType.Kind;
import d2s.engine.schema.CommonCatalog;
import d2s.engine.schema.Table;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundledCatalogsTest {

  static List<String> names() {
    return BundledCatalogs.names();
  }

  @Test
  void everyFileHasItsName() throws IOException, URISyntaxException {
    Path folder = Path.of(BundledCatalogs.class.getResource("/catalogs").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              names().stream().map(name -> name + ".yaml").toList());
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theFileIsWrittenAsTheProgramWritesIt(String name) throws IOException {
    String text;
    try (InputStream in =
        BundledCatalogs.class.getResourceAsStream("/catalogs/" + name + ".yaml")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Catalog catalog = BundledCatalogs.read(name);
    StringWriter written = new StringWriter();
    CatalogYaml.write(catalog, written);

    // All of both texts would be thousands of lines.
    assertThat(firstDifference(text, written.toString()))
        .as("the first line of the file, and what d2s schema capture writes instead")
        .isEmpty();
    assertThat(written.toString().equals(text)).as("the ends of lines are the same").isTrue();
    assertThat(CatalogYaml.read(new StringReader(text), name)).isEqualTo(catalog);
    assertThat(catalog.name()).isEqualTo(name);
    assertThat(name).matches("\\w+-" + Pattern.quote(catalog.version()) + "(-[\\d.]+)?");
  }

  /** The first line in which two texts part; nothing if none does. */
  private static List<String> firstDifference(String expected, String actual) {
    List<String> left = expected.lines().toList();
    List<String> right = actual.lines().toList();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String one = i < left.size() ? left.get(i) : "(the end)";
      String other = i < right.size() ? right.get(i) : "(the end)";
      if (!one.equals(other)) {
        return List.of("line " + (i + 1) + ": " + one, other);
      }
    }
    return List.of();
  }

  @ParameterizedTest
  @MethodSource("names")
  void itsTablesCanBeMadeAndReadAgain(String name) throws SQLException {
    Catalog catalog = BundledCatalogs.read(name);
    TestDatabase database = TestPostgres.createDatabase("made_from_catalog");
    try (Connection connection = database.connect()) {
      CatalogDdl.create(connection, catalog);
      assertThat(CatalogReader.read(connection, name, "SELECT '" + catalog.version() + "'::text"))
          .isEqualTo(catalog);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyTypeIsKnown(String name) {
    assertThat(BundledCatalogs.read(name).tables().stream().flatMap(t -> t.columns().stream()))
        .extracting(Column::type)
        .extracting(ColumnType::kind)
        .doesNotContain(Kind.OTHER);
  }

  @Test
  void theSchemasHaveTheirSize() {
    assertThat(names())
        .extracting(BundledCatalogs::read)
        .extracting(
            catalog -> catalog.tables().size(),
            catalog -> catalog.tables().stream().mapToInt(t -> t.columns().size()).sum(),
            catalog -> catalog.tables().stream().mapToInt(t -> t.foreignKeys().size()).sum(),
            catalog -> catalog.sequences().size())
        .containsExactly(
            tuple(67, 337, 0, 21),
            tuple(68, 344, 0, 21),
            tuple(162, 777, 36, 21),
            tuple(164, 783, 36, 22),
            tuple(164, 786, 36, 22),
            tuple(164, 786, 36, 22),
            tuple(167, 804, 39, 23),
            tuple(168, 810, 41, 23),
            tuple(173, 832, 46, 25),
            tuple(176, 845, 48, 26));
  }

  @Test
  void theNewerDendriteHasOneTableMore() {
    assertThat(
            CatalogDifference.between(
                BundledCatalogs.read("dendrite-0.13.8"), BundledCatalogs.read("dendrite-0.15.2")))
        .extracting(CatalogDifference::toString)
        .containsExactly(
            "keyserver_fallback_keys: new table"
                + " (user_id, device_id, key_id, algorithm, ts_added_secs, key_json, used)");
  }

  @Test
  void theCommonTablesAndTheRestMakeTheWhole() throws SQLException {
    List<Catalog> all =
        BundledCatalogs.names().stream()
            .filter(name -> name.startsWith("synapse-"))
            .map(BundledCatalogs::read)
            .toList();
    Catalog common = CommonCatalog.of("common", all);
    Catalog oldest = all.get(0);

    assertThat(common.tables()).hasSizeGreaterThan(oldest.tables().size() / 2);
    try (Connection parts = TestPostgres.createDatabase("parts").connect();
        Connection whole = TestPostgres.createDatabase("whole").connect()) {
      CatalogDdl.createForQueries(parts, common);
      CatalogDdl.createForQueries(parts, CommonCatalog.rest(oldest, common));
      CatalogDdl.createForQueries(whole, oldest);

      assertThat(CatalogReader.read(parts, "oldest", "SELECT '88'"))
          .isEqualTo(CatalogReader.read(whole, "oldest", "SELECT '88'"));
    }
  }

  /** Synapse forbids NULL here with a check constraint, not with NOT NULL. */
  @Test
  void aCheckForNullCountsLikeNotNull() {
    Table profiles = BundledCatalogs.read("synapse-94").table("profiles").orElseThrow();

    assertThat(profiles.column("full_user_id").orElseThrow().nullable()).isFalse();
    assertThat(profiles.column("displayname").orElseThrow().nullable()).isTrue();
  }

  /** Seen in a database of 1.163.2: ten tables that Synapse keeps to one row. */
  @Test
  void otherChecksAreHeldAsTheyAre() {
    assertThat(BundledCatalogs.read("synapse-94").tables())
        .filteredOn(table -> !table.checks().isEmpty())
        .hasSize(10)
        .allSatisfy(table -> assertThat(table.checks()).containsExactly("(lock = 'X'::bpchar)"));
  }

  @Test
  void anUnknownNameIsAnErrorThatNamesTheKnownOnes() {
    assertThatThrownBy(() -> BundledCatalogs.read("dendrite-0.1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "There is no catalog 'dendrite-0.1'; there are "
                + "dendrite-0.13.8, dendrite-0.15.2, synapse-88, "
                + String.join(", ", names().subList(3, names().size()))
                + ".");
  }
}
