package d2s.cli;

import static d2s.cli.CommandLineRun.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on small databases of their own, with mapping files of their own. */
class DatabaseCommandsTest {

  private static final String SET =
      """
      set: shop
      source: { name: Old, marker_table: people }
      target: { name: New, marker_table: version, version: select v from version, supported: '>=2 <=3' }
      phases:
        first: People.
        second: Things.
      facts:
        server_name: { description: The name. }
      """;

  private static final String PEOPLE =
      """
      mapping: people
      phase: first
      description: All people.
      from: { table: people }
      label: [id]
      skip:
        - { when: id == 3, item: name, reason: has the wrong number }
      to:
        persons: { id: id, name: "name + '@' + server_name" }
      counts:
        everybody:
          unit: [person, people]
          source: select count(*) from people
          target: select count(*) from persons
      expect:
        nobody is called Nobody: select name from persons where name like 'Nobody@%'
      """;

  private static final String THINGS =
      """
      mapping: things
      phase: second
      description: All things.
      depends_on: [people]
      from: { table: things }
      label: [id]
      to:
        objects: { id: id }
      """;

  @TempDir private Path mappings;
  private TestDatabase source;
  private TestDatabase target;

  @BeforeEach
  void createDatabases() throws SQLException, IOException {
    source = TestPostgres.createDatabase("cli_source");
    target = TestPostgres.createDatabase("cli_target");
    source.execute(
        "create table people (id bigint primary key, name text not null)",
        "insert into people values (1, 'Ann'), (2, 'Bob'), (3, 'Cid')",
        "create table things (id bigint primary key)",
        "insert into things values (7)");
    target.execute(
        "create table version (v int)",
        "insert into version values (3)",
        "create table persons (id bigint primary key, name text not null)",
        "create table objects (id bigint primary key)");
    Files.writeString(mappings.resolve("set.yaml"), SET);
    Files.writeString(mappings.resolve("people.yaml"), PEOPLE);
    Files.writeString(
        mappings.resolve("ledger.yaml"),
        "ledger: target\ndescription: Left alone.\ntables:\n  version: the shop's own bookkeeping\n");
    Files.writeString(mappings.resolve("things.yaml"), THINGS);
  }

  @AfterEach
  void dropDatabases() throws SQLException {
    source.drop();
    target.drop();
  }

  private CommandLineRun run(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--mappings",
                mappings.toString(),
                "--dendrite-db",
                connection(source),
                "--synapse-db",
                connection(target),
                "--server-name",
                "x.example"));
    arguments.addAll(Arrays.asList(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private long count(String table) throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void migrates() throws SQLException {
    Path report = mappings.resolve("report");
    CommandLineRun run = run("migrate", "--report", report.toString());

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("Carried over: 2 of 3 people.")
        .contains("Not carried over, 1 item:", "- people: has the wrong number", "  Cid")
        .contains("Report: " + report.resolve("report.html"))
        .doesNotContain("persons 2");
    assertThat(run.out().lines())
        .last(STRING)
        .startsWith("Done, with 1 warning, in ")
        .endsWith(" s: Synapse's database is loaded.");
    assertThat(report.resolve("report.html")).content().contains("has the wrong number", "Cid");
    assertThat(run.err()).contains("first: 1 mapping, 3 rows", "second: 1 mapping, 1 row");
    assertThat(count("persons")).isEqualTo(2);
  }

  @Test
  void leavesNothingAfterADryRun() throws SQLException {
    CommandLineRun run = run("migrate", "--dry-run");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("2 of 3 people", "Dry run done", "everything was rolled back");

    CommandLineRun verbose = run("migrate", "--dry-run", "-v");
    assertThat(verbose.out())
        .containsPattern("first +people +[0-9.]+ +3 +persons 2")
        .containsPattern("second +things +[0-9.]+ +1 +objects 1");
    assertThat(count("persons")).isZero();
  }

  @Test
  void runsTheChosenPhaseOnly() throws SQLException {
    CommandLineRun run = run("migrate", "--phase", "2");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(count("persons")).isZero();
    assertThat(count("objects")).isEqualTo(1);
  }

  @Test
  void failsInStrictModeWhenSomethingIsSkipped() throws SQLException {
    CommandLineRun run = run("migrate", "--strict");

    assertThat(run.exitCode()).as(run.all()).isEqualTo(4);
    assertThat(run.err()).contains("Failed; everything was rolled back.", "Cid");
    assertThat(count("persons")).isZero();
  }

  @Test
  void rollsBackWhenAnExpectationIsNotMet() throws SQLException {
    source.execute("insert into people values (4, 'Nobody')");

    CommandLineRun run = run("migrate");

    assertThat(run.exitCode()).as(run.all()).isEqualTo(5);
    assertThat(run.out())
        .contains("nobody is called Nobody: Nobody@x.example", "everything was rolled back");
    assertThat(count("persons")).isZero();
  }

  @Test
  void refusesATargetThatIsNotFresh() throws SQLException {
    assertThat(run("migrate").exitCode()).isZero();

    CommandLineRun again = run("migrate");

    assertThat(again.exitCode()).as(again.all()).isEqualTo(3);
    assertThat(again.err()).contains("Refused; nothing was changed.", "objects, persons");
    assertThat(count("persons")).isEqualTo(2);
  }

  @Test
  void refusesOtherDatabases() throws SQLException {
    target.execute("update version set v = 9");
    assertThat(run("migrate").exitCode()).isEqualTo(3);
    assertThat(run("migrate").err()).contains("schema version is 9");

    source.execute("alter table people rename to folks");
    CommandLineRun run = run("check");
    assertThat(run.exitCode()).isEqualTo(10);
    assertThat(run.out()).contains("not one of Old", "[source-database]");
  }

  @Test
  void printsAllProblemsOfTheMappingFiles() throws IOException {
    Files.writeString(
        mappings.resolve("people.yaml"), PEOPLE.replace("{ id: id, name:", "{ id: idd, nam:"));

    for (String command : List.of("migrate", "check", "plan")) {
      CommandLineRun run = run(command);
      assertThat(run.exitCode()).as(run.all()).isEqualTo(10);
      assertThat(run.err())
          .contains("people.yaml:9:", "idd", "nam", "in 1 mapping file. Nothing was changed.");
    }
    JsonNode document = new ObjectMapper().readTree(run("check", "--json").out());
    assertThat(document.path("outcome").asText()).isEqualTo("problems");
    assertThat(document.path("problems").get(0).path("file").asText()).isEqualTo("people.yaml");
    assertThat(document.path("problems").get(0).path("line").asInt()).isEqualTo(9);
  }

  @Test
  void verifiesWhatWasMigrated() throws SQLException, IOException {
    Files.writeString(
        mappings.resolve("people.yaml"),
        PEOPLE.replace(
            "source: select count(*) from people", "source: select count(*) - 1 from people"));
    assertThat(run("verify").err()).contains("has not been loaded yet");
    assertThat(run("migrate").out()).contains("d2s verify");

    CommandLineRun right = run("verify");
    assertThat(right.exitCode()).as(right.all()).isZero();
    assertThat(right.out()).contains("Next:", "start Synapse", "Verified in");
    assertThat(run("verify", "-v").out())
        .containsPattern("expectations +[0-9.]+ +1 +0 +What the mapping files expect")
        .containsPattern("counts +[0-9.]+ +2 +0 +Of everything")
        .containsPattern("event ids +- +- +- +skipped: no mapping fills events");

    target.execute("update persons set name = 'Nobody@x.example' where id = 1");
    CommandLineRun wrong = run("verify");
    assertThat(wrong.exitCode()).as(wrong.all()).isEqualTo(5);
    assertThat(wrong.out())
        .contains(
            "expectations: 1 thing is wrong.",
            "- Nobody@x.example: not so in people: nobody is called Nobody",
            "Not verified in");
    assertThat(count("persons")).isEqualTo(2);
  }

  @Test
  void saysThatATargetWasUsedSince() throws SQLException, IOException {
    Files.writeString(
        mappings.resolve("set.yaml"),
        SET.replace("supported: '>=2 <=3' }", "supported: '>=2 <=3', used: select 1 from used }"));
    target.execute("create table used (x int)");
    assertThat(run("migrate").exitCode()).isZero();
    assertThat(run("verify").out()).doesNotContain("has been started on this database since");

    target.execute("insert into used values (1)", "delete from persons where id = 1");
    CommandLineRun later = run("verify");

    assertThat(later.exitCode()).isEqualTo(5);
    assertThat(later.out())
        .contains("Synapse has been started on this database since it was loaded.")
        .contains("nothing is wrong with them", "Verify between the migration and the first start");
  }

  @Test
  void verifiesIntoOneJsonDocument() throws IOException {
    String report = mappings.resolve("report").toString();
    run("migrate", "--report", report);
    // What the mapping leaves out and names is damage of the source, and no fault of the load.
    CommandLineRun alone = run("verify");
    assertThat(alone.exitCode()).as(alone.all()).isZero();
    assertThat(alone.out())
        .contains("Note: counts: 1 thing", "- people: everybody: 3 in the source, 2 in the target");
    CommandLineRun reported = run("verify", "--report", report);
    assertThat(reported.exitCode()).as(reported.all()).isZero();
    assertThat(Path.of(report, "report.html")).content().contains("people: everybody: 3 in");

    CommandLineRun run =
        run("verify", "--json", "--only", "counts,expectations", "--report", report);

    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(run.err()).isEmpty();
    assertThat(document.path("outcome").asText()).isEqualTo("done");
    JsonNode verifications = document.path("verifications");
    assertThat(verifications).hasSize(2);
    assertThat(verifications.get(0).path("name").asText()).isEqualTo("expectations");
    assertThat(verifications.get(0).path("outcome").asText()).isEqualTo("passed");
    assertThat(verifications.get(0).path("checked").asInt()).isEqualTo(1);
    assertThat(verifications.get(1).path("outcome").asText()).isEqualTo("passed");
    assertThat(verifications.get(1).path("notes")).hasSize(1);
    assertThat(document.path("known")).isEmpty();
  }

  @Test
  void verifiesNothingThatItDoesNotKnow() {
    CommandLineRun unknown = run("verify", "--only", "everything");
    assertThat(unknown.exitCode()).as(unknown.all()).isEqualTo(3);
    assertThat(unknown.err()).contains("There is no verification \"everything\"", "event ids");

    CommandLineRun folder = run("verify", "--synapse-media-path", "/nonexistent/media");
    assertThat(folder.exitCode()).as(folder.all()).isEqualTo(2);
    assertThat(folder.err()).contains("there is no directory /nonexistent/media");
  }

  @Test
  void checksWithoutChangingAnything() throws SQLException {
    CommandLineRun mappings = run("check", "--mappings-only");
    assertThat(mappings.exitCode()).as(mappings.all()).isZero();
    assertThat(mappings.out()).contains("No problems in 2 mappings", "version 3");

    CommandLineRun run = run("check");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("OK       The target is freshly initialised. [target-not-fresh]")
        .contains("Nothing stands in the way of \"d2s migrate\".");
    assertThat(count("persons")).isZero();
  }

  @Test
  void plans() {
    CommandLineRun run = run("plan");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .containsPattern("1 +first +People.")
        .containsPattern("1 +1 +people +persons")
        .containsPattern("2 +2 +things +objects, after people \\(says so\\)");
  }

  @Test
  void printsOneJsonDocument() throws IOException {
    CommandLineRun run = run("migrate", "--json", "--dry-run");

    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(run.err()).isEmpty();
    assertThat(document.path("exit_code").asInt()).isZero();
    assertThat(document.path("outcome").asText()).isEqualTo("done");
    assertThat(document.path("dry_run").asBoolean()).isTrue();
    assertThat(document.path("committed").asBoolean()).isFalse();
    assertThat(document.path("steps").get(0).path("rows_written").path("persons").asInt())
        .isEqualTo(2);
    assertThat(document.path("skipped").get(0).path("what").asText()).isEqualTo("Cid");
    assertThat(document.path("notes").toString()).contains("can be seen by other users");
  }

  @Test
  void asksForTheServerName() {
    CommandLineRun run =
        CommandLineRun.of(
            "migrate",
            "--mappings",
            mappings.toString(),
            "--dendrite-db",
            connection(source),
            "--synapse-db",
            connection(target));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("what is the server name?");
  }

  @Test
  void carriesFilesOverBeforeItLoads() throws IOException, SQLException {
    Path from = Files.createDirectories(mappings.resolve("files/from"));
    Path to = mappings.resolve("files/to");
    Files.writeString(from.resolve("Ann"), "A");
    Files.writeString(
        mappings.resolve("set.yaml"), SET + "stores:\n  media: { description: Portraits. }\n");
    Files.writeString(
        mappings.resolve("people.yaml"), PEOPLE + "files:\n  media: { from: name, to: name }\n");

    CommandLineRun without = run("migrate", "--dry-run");
    assertThat(without.exitCode()).as(without.all()).isZero();
    assertThat(without.out()).contains("Media files are not carried over");

    CommandLineRun source = run("migrate", "--dry-run", "--dendrite-media-path", from.toString());
    assertThat(source.out()).contains("because Synapse's folder is not known");

    String[] paths = {
      "migrate", "--dendrite-media-path", from.toString(), "--synapse-media-path", to.toString()
    };
    CommandLineRun strict = run(paths[0], append(paths, "--strict"));
    assertThat(strict.exitCode()).as(strict.all()).isEqualTo(4);
    assertThat(strict.err()).contains("1 file cannot be carried over: Bob (no_file)");
    assertThat(count("persons")).isZero();
    assertThat(to.resolve("Ann")).hasContent("A");

    CommandLineRun none = run(paths[0], append(paths, "--media-mode", "none", "--dry-run"));
    assertThat(none.out()).doesNotContain("Media files are not");

    CommandLineRun run = run(paths[0], append(paths));
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out())
        .contains("- rows without a file: 1", "  Bob, people row id=2")
        .contains("1 of 2 files are not in the folder " + from)
        .contains("Done, with 2 warnings, in ");
    assertThat(count("persons")).isEqualTo(2);
  }

  @Test
  void aMissingFolderIsRightWithoutFiles() throws IOException, SQLException {
    Path none = Files.createDirectories(mappings.resolve("files")).resolve("none");
    Files.writeString(
        mappings.resolve("set.yaml"), SET + "stores:\n  media: { description: Portraits. }\n");
    String[] paths = {
      "migrate",
      "--dendrite-media-path",
      none.toString(),
      "--synapse-media-path",
      mappings.resolve("files/to").toString()
    };
    String people = "files:\n  media: { from: name, to: name, when: 'id < 0' }\n";
    Files.writeString(mappings.resolve("people.yaml"), PEOPLE + people.replace("<", ">"));

    CommandLineRun refused = run(paths[0], append(paths));
    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(3);
    assertThat(refused.err())
        .contains("There is no folder " + none + ", and 2 files should be in it.");
    assertThat(count("persons")).isZero();
    CommandLineRun without = run(paths[0], append(paths, "--media-mode", "none"));
    assertThat(without.exitCode()).as(without.all()).isEqualTo(2);
    assertThat(without.err()).contains("there is no directory " + none);

    Files.writeString(mappings.resolve("people.yaml"), PEOPLE + people);
    CommandLineRun run = run(paths[0], append(paths));
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err())
        .contains("there is no folder " + none + "; the source knows no files either");
    assertThat(count("persons")).isEqualTo(2);
  }

  private static String[] append(String[] paths, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(paths).subList(1, paths.length));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  @Test
  void saysInOneSentenceWhyItCannotConnect() throws SQLException, IOException {
    source.execute("drop role if exists d2s_cli_user", "create role d2s_cli_user login");
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }
    String good = connection(source);

    assertRefused(good.replace("dbname=" + source.name(), "dbname=none"), "no database of this");
    assertRefused(good.replace("port=" + source.port(), "port=" + closedPort), "nothing listens");
    assertRefused(good.replace("host=" + source.host(), "host=no.invalid"), "no machine is known");
    assertRefused("host=/nonexistent dbname=d", "socket cannot be used (No such file");
    // Trusted local connections tell this apart from a wrong password; others do not.
    assertRefused(good.replace("user=" + source.user(), "user=no_such_user"), "user");
    source.execute("revoke connect on database " + source.name() + " from public");
    if (source.password().isEmpty()) {
      assertRefused(good.replace("user=" + source.user(), "user=d2s_cli_user"), "privilege");
    }
    source.execute("drop role d2s_cli_user");
  }

  private void assertRefused(String dendrite, String reason) {
    CommandLineRun run =
        CommandLineRun.of(
            "migrate",
            "--mappings",
            mappings.toString(),
            "--dendrite-db",
            dendrite,
            "--synapse-db",
            connection(target),
            "--server-name",
            "x");
    assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
    assertThat(run.err())
        .contains("cannot connect to the Dendrite database", reason)
        .doesNotContain("Exception");
  }

  @Test
  void neverPrintsAPassword() throws IOException {
    String secret = "s3cr3t-" + source.name();
    String wrong = connection(target).replaceFirst("password=.*", "password=" + secret);
    Path dendrite =
        Files.writeString(
            mappings.resolveSibling(source.name() + ".dendrite"),
            "global: { database: { connection_string: 'postgres://u:%s@127.0.0.1:1/d' } }\n"
                .formatted(secret));
    List<List<String>> commandLines =
        List.of(
            List.of("--dendrite-db", wrong + " port=1", "--synapse-db", wrong),
            List.of("--dendrite-db", wrong, "--synapse-db", wrong + " dbname=none"),
            List.of("--dendrite-config", dendrite.toString(), "--synapse-db", wrong),
            List.of(
                "--dendrite-db", "postgres://u:" + secret + "@no.invalid/d", "--synapse-db", "s"),
            List.of(
                "--dendrite-db",
                "jdbc:postgresql://no.invalid/d?password=" + secret,
                "--synapse-db",
                "s"),
            List.of("--dendrite-db", "host=a", "password=" + secret),
            List.of("--dendrite-db", "host=a password='" + secret),
            List.of("--dendrite-dbs=postgres://u:" + secret + "@h/d"),
            List.of("--json=password=" + secret),
            List.of("--dendrite-db", "d", "--synapse-db", "s"));
    for (List<String> commandLine : commandLines) {
      for (String output : List.of("-v", "-vv", "--json")) {
        List<String> arguments =
            new ArrayList<>(
                List.of(
                    "migrate", output, "--mappings", mappings.toString(), "--server-name", "x"));
        arguments.addAll(commandLine);
        CommandLineRun run =
            CommandLineRun.with(
                Map.of("PGPASSWORD", secret, "PGHOST", "no.invalid"),
                arguments.toArray(String[]::new));
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.all()).isNotBlank().doesNotContain(secret);
      }
    }
  }
}
