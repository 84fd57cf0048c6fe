package d2s.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.options.MappingOptions;
import d2s.cli.sandbox.TemporaryPostgres;
import d2s.engine.CatalogDatabase;
import d2s.engine.CatalogPair;
import d2s.engine.CatalogServer;
import d2s.engine.plan.Step;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * A round of {@code d2s check --watch} looks again at what changed only. It must say what a check
 * says that knows nothing yet.
 */
class WatchedFilesTest {

  private static final Path FILES =
      ProjectDirectory.root().resolve("mappings").resolve("dendrite-to-synapse");

  private static final List<Catalog> SOURCES = List.of(BundledCatalogs.read("dendrite-0.15.2"));
  private static final List<Catalog> TARGETS = List.of(BundledCatalogs.newest("synapse"));

  private static final String USERS = "1-accounts/users.yaml";

  @TempDir private static Path directory;

  private static CatalogDatabases databases;

  /** Stays for all edits. */
  private static CatalogInspection watching;

  @BeforeAll
  static void start() throws IOException {
    MappingFileCopies.copy(FILES, directory);
    TemporaryPostgres postgres = new TemporaryPostgres();
    postgres.start();
    databases = new CatalogDatabases(postgres);
    watching = inspection(databases::pair);
  }

  @AfterAll
  static void stop() throws Exception {
    databases.close();
  }

  /** Changes files, and changes them back. */
  private interface Edit {

    void make() throws IOException;

    default void undo() throws IOException {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          if (!Files.exists(FILES.resolve(directory.relativize(file).toString()))) {
            Files.delete(file);
          }
        }
      }
      try (Stream<Path> all = Files.walk(FILES)) {
        for (Path file : all.filter(one -> one.toString().endsWith(".yaml")).toList()) {
          Path copy = directory.resolve(FILES.relativize(file).toString());
          if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
            Files.write(copy, Files.readAllBytes(file));
          }
        }
      }
    }
  }

  /** By what they are; each is a mistake. */
  private static final Map<String, Edit> WRONG = new LinkedHashMap<>();

  /** Those that are no mistake. */
  private static final Map<String, Edit> RIGHT = new LinkedHashMap<>();

  static {
    WRONG.put("a column of a mapping", replace(USERS, "creation_ts:", "creation_tz:"));
    RIGHT.put(
        "the value of a column",
        replace(USERS, "admin: 'account", "admin: 'account_type == 4 || account"));
    RIGHT.put(
        "lines above everything", replace(USERS, "mapping: users", "# one\n# two\nmapping: users"));
    WRONG.put("an expression", replace(USERS, "created_ts / 1000", "created_ts / '1000'"));
    WRONG.put(
        "the SQL of a mapping", replace("1-accounts/profiles.yaml", "p.avatar_url", "p.avatar"));
    WRONG.put("an expectation", replace(USERS, "where u.name =", "where u.nam ="));
    WRONG.put(
        "what a mapping waits for", replace(USERS, "to:\n", "depends_on: [profiles, user]\nto:\n"));
    WRONG.put("a cycle of two files", cycle());
    WRONG.put(
        "an example", replace(USERS, "creation_ts: 1600000000\n", "creation_tz: 1600000000\n"));
    WRONG.put("a view", replace("set.yaml", "where localpart <> ''", "where localpert <> ''"));
    WRONG.put(
        "a column of a view",
        replace("set.yaml", "max(d.device_id) as device_id", "max(d.device_id) as device"));
    RIGHT.put(
        "the condition of a view",
        replace("set.yaml", "where localpart <> ''", "where localpart > ''"));
    WRONG.put("the type of a fact", replace("set.yaml", "* 1000)::bigint", "* 1000)::text"));
    WRONG.put("the name of a fact", replace("set.yaml", "  now_ms:", "  now_in_ms:"));
    WRONG.put(
        "the name of a fact of verifications",
        replace("set.yaml", "  server_name:", "  name_of_server:"));
    WRONG.put("a secret", replace("set.yaml", "secrets:\n", "secrets:\n  - localpart\n"));
    WRONG.put(
        "a store", replace("set.yaml", "from mediaapi_thumbnail t", "from mediaapi_thumbnails t"));
    WRONG.put("the versions", replace("set.yaml", "supported: '>=88 <=", "supported: '>=94 <="));
    WRONG.put("the name of the target", replace("set.yaml", "  name: synapse", "  name: synapsis"));
    WRONG.put("set.yaml is no YAML", replace("set.yaml", "secrets:\n", "secrets: [\n"));
    WRONG.put(
        "an entry of a ledger",
        replace("ledger/starts-empty.yaml", "  login_tokens: valid for minutes\n", ""));
    WRONG.put(
        "a table in a ledger", replace("ledger/starts-empty.yaml", "  login_tokens:", "  users:"));
    WRONG.put("a mapping is no YAML", replace(USERS, "to:\n", "to: [\n"));
    WRONG.put(
        "not UTF-8",
        () ->
            Files.write(path(USERS), "mapping: \u00fcsers".getBytes(StandardCharsets.ISO_8859_1)));
    WRONG.put("a file removed", () -> Files.delete(path(USERS)));
    RIGHT.put("a file renamed", () -> Files.move(path(USERS), path("1-accounts/people.yaml")));
    WRONG.put("a file added", () -> Files.copy(path(USERS), path("1-accounts/again.yaml")));
    WRONG.put(
        "a file of another kind", () -> Files.copy(path(USERS), path("1-accounts/again.yml")));
    RIGHT.put("two files swapped", swap(USERS, "1-accounts/profiles.yaml"));
  }

  private static Edit replace(String file, String what, String with) {
    return () -> {
      String text = Files.readString(path(file));
      assertThat(text).contains(what);
      int at = text.indexOf(what);
      Files.writeString(
          path(file), text.substring(0, at) + with + text.substring(at + what.length()));
    };
  }

  private static Edit cycle() {
    return () -> {
      replace(USERS, "to:\n", "depends_on: profiles\nto:\n").make();
      replace("1-accounts/profiles.yaml", "to:\n", "depends_on: users\nto:\n").make();
    };
  }

  private static Edit swap(String one, String other) {
    return () -> {
      String text = Files.readString(path(one));
      Files.writeString(path(one), Files.readString(path(other)));
      Files.writeString(path(other), text);
    };
  }

  private static Path path(String file) {
    return directory.resolve(file);
  }

  static Stream<String> wrong() {
    return WRONG.keySet().stream();
  }

  static Stream<String> right() {
    return RIGHT.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aMistakeIsToldAsAFreshCheckTellsIt(String edit) throws Exception {
    assertThat(afterEdit(WRONG.get(edit))).isNotEmpty();
    assertThat(round(watching).problems()).as("mended").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("right")
  void aChangeThatIsRightIsTakenInAsAFreshCheckTakesIt(String edit) throws Exception {
    assertThat(afterEdit(RIGHT.get(edit))).isEmpty();
  }

  /** After all that, and after as many rounds. */
  @Test
  void filesThatAreAsTheyWereComeToWhatTheyCameTo() throws Exception {
    assertThat(round(watching)).isEqualTo(round(inspection(fresh())));
  }

  /** The problems, after the same was said by both. */
  private static List<String> afterEdit(Edit edit) throws Exception {
    edit.make();
    try {
      Said said = round(watching);
      assertThat(said).isEqualTo(round(inspection(fresh())));
      return said.problems();
    } finally {
      edit.undo();
    }
  }

  /**
   * What a round says.
   *
   * @param plans of each pair, with what they are made of
   */
  private record Said(List<String> problems, List<String> plans) {}

  private static Said round(CatalogInspection inspection) throws Exception {
    Problems problems = new Problems();
    List<SchemaCheck> checks = inspection.round(problems);
    List<String> plans = new ArrayList<>();
    for (SchemaCheck check : checks) {
      for (Step step : check.result().plan().steps()) {
        plans.add(
            String.join(
                " | ",
                check.against(),
                step.name(),
                step.reads().toString(),
                step.fills().toString(),
                step.after().toString(),
                step.bound().mapping().toString(),
                step.bound().relations().toString()));
      }
    }
    return new Said(problems.sorted().stream().map(Problem::toString).toList(), plans);
  }

  private static CatalogInspection inspection(CatalogPairs pairs) {
    MappingOptions options =
        CommandLine.populateCommand(new MappingOptions(), "--mappings", directory.toString());
    return new CatalogInspection(options, SOURCES, TARGETS, pairs);
  }

  /** The same databases, of which nothing is known yet. */
  private static CatalogPairs fresh() {
    CatalogServer server = new CatalogServer();
    Map<String, CatalogPair> pairs = new ConcurrentHashMap<>();
    return (source, target) -> {
      String name = CatalogDatabases.nameOf(source, target);
      if (!pairs.containsKey(name)) {
        pairs.putIfAbsent(
            name,
            new CatalogPair(
                fresh(server, databases.of(source), source),
                fresh(server, databases.of(target), target)));
      }
      return pairs.get(name);
    };
  }

  private static CatalogDatabase fresh(
      CatalogServer server, CatalogDatabase known, Catalog catalog) {
    return server.database(catalog, known.connection(), known.verifications());
  }
}
