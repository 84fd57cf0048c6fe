package d2s.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.sandbox.TemporaryPostgres;
import d2s.cli.schemas.CatalogDatabases;
import d2s.engine.CatalogCheck;
import d2s.engine.CheckedMappings;
import d2s.engine.Engine;
import d2s.engine.MappingFiles;
import d2s.engine.mapping.MappingSet;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Mistakes in the real mapping files: each is told once, at its place, and nothing else is. The
 * list is planted-mistakes.yaml.
 */
class PlantedMistakesTest {

  private static final String HERE = "‸";

  private static final Path FILES =
      ProjectDirectory.root().resolve("mappings").resolve("dendrite-to-synapse");

  private static final Catalog DENDRITE = BundledCatalogs.read("dendrite-0.15.2");
  private static final Catalog SYNAPSE = BundledCatalogs.newest("synapse");

  @TempDir private static Path directory;

  private static CatalogDatabases databases;
  private static MappingFiles files;

  @BeforeAll
  static void start() throws IOException {
    TemporaryPostgres postgres = new TemporaryPostgres();
    postgres.start();
    databases = new CatalogDatabases(postgres);
    files = new MappingFiles(directory);
    try (Stream<Path> all = Files.walk(FILES)) {
      for (Path file : all.filter(one -> one.toString().endsWith(".yaml")).toList()) {
        Path copy = directory.resolve(FILES.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    databases.close();
  }

  /**
   * One entry of the list.
   *
   * @param file the file that is changed
   * @param replace what is replaced, the first time that it stands there
   * @param with what it is replaced with; {@code ‸} stands before the place that is told
   * @param at the place, where it is not in what was changed: {@code FILE: TEXT} for the first time
   *     that the text stands there
   * @param says the message
   */
  record Mistake(String mistake, String file, String replace, String with, String at, String says) {

    @Override
    public String toString() {
      return mistake;
    }
  }

  static List<Mistake> mistakes() throws IOException {
    try (InputStream in = PlantedMistakesTest.class.getResourceAsStream("/planted-mistakes.yaml")) {
      List<Map<String, String>> entries = new Yaml().load(in);
      return entries.stream()
          .map(
              one ->
                  new Mistake(
                      one.get("mistake"),
                      one.get("file"),
                      one.get("replace"),
                      one.get("with"),
                      one.get("at"),
                      one.get("says")))
          .toList();
    }
  }

  @Test
  void thereAreMany() throws IOException {
    assertThat(mistakes()).hasSizeGreaterThanOrEqualTo(60);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isToldAtItsPlaceAndNothingElseIs(Mistake mistake) throws IOException, SQLException {
    String place = plant(mistake);
    try {
      assertThat(problems())
          .extracting(problem -> problem.at() + ": " + problem.message())
          .containsExactly(place + ": " + mistake.says());
    } finally {
      Files.copy(
          FILES.resolve(mistake.file()),
          directory.resolve(mistake.file()),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Puts the mistake into its file, and tells the place that is expected. */
  private static String plant(Mistake mistake) throws IOException {
    Path file = directory.resolve(mistake.file());
    String text = Files.readString(file);
    assertThat(text).contains(mistake.replace());
    int begin = text.indexOf(mistake.replace());
    String changed =
        text.substring(0, begin)
            + mistake.with()
            + text.substring(begin + mistake.replace().length());
    Files.writeString(file, changed.replace(HERE, ""));
    int mark = changed.indexOf(HERE);
    if (mark >= 0) {
      return mistake.file() + place(changed, mark);
    }
    String[] elsewhere = mistake.at().split(": ", 2);
    String there = Files.readString(directory.resolve(elsewhere[0]));
    assertThat(there).contains(elsewhere[1]);
    return elsewhere[0] + place(there, there.indexOf(elsewhere[1]));
  }

  private static String place(String text, int index) {
    String before = text.substring(0, index);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    return ":" + line + ":" + (index - before.lastIndexOf('\n'));
  }

  /** As {@code d2s check --watch} finds them: what an earlier mistake did not touch is known. */
  private static List<Problem> problems() throws SQLException, IOException {
    Problems problems = new Problems();
    Optional<MappingSet> set = files.load(problems);
    if (set.isPresent()) {
      CatalogCheck check = new Engine(set.get()).catalogCheck(problems);
      CheckedMappings checked = check.check(databases.pair(DENDRITE, SYNAPSE));
      new Engine(set.get()).examples(DENDRITE, List.of(SYNAPSE)).check(problems);
      check.checkLedger(checked);
    }
    return problems.sorted();
  }
}
