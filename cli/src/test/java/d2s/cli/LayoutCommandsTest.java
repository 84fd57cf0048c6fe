package d2s.cli;

import static d2s.cli.CommandLineRun.connection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.layout.Layouts;
import d2s.engine.schema.CatalogDdl;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.FreshSynapse;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands on a Dendrite in every layout, whole and not whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LayoutCommandsTest {

  private TestDatabase whole;
  private TestDatabase target;

  @TempDir private Path directory;

  @BeforeAll
  void restore() throws Exception {
    whole = Layouts.whole();
  }

  @BeforeEach
  void createTarget() throws Exception {
    target = TestPostgres.createDatabase("fresh");
    try (Connection connection = target.connect()) {
      CatalogDdl.create(connection, BundledCatalogs.newest("synapse"));
    }
    target.execute(FreshSynapse.version(BundledCatalogs.newest("synapse").version()));
    target.execute(FreshSynapse.rows(90));
  }

  @AfterEach
  void dropTarget() throws Exception {
    target.drop();
  }

  private CommandLineRun run(String command, List<String> source, String... more) {
    return CommandLineRun.of(arguments(command, source, more).toArray(String[]::new));
  }

  private List<String> arguments(String command, List<String> source, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(source);
    arguments.addAll(List.of("--synapse-db", connection(target), "--staging-dir"));
    arguments.add(directory.toString());
    arguments.addAll(Arrays.asList(more));
    return arguments;
  }

  private List<String> sqlite() throws Exception {
    Path folder = Files.createDirectory(directory.resolve("dendrite"));
    Layouts.sqlite(whole, Layouts.RECORDING, folder);
    return List.of("--dendrite-db", folder.toString());
  }

  private static List<String> each(List<TestDatabase> databases) {
    return databases.stream()
        .flatMap(database -> Stream.of("--dendrite-db", connection(database)))
        .toList();
  }

  /** Without the line breaks of a screen. */
  private static String inOneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  @Test
  void sqliteFilesAreFoundMigratedAndVerifiedAndStayAsTheyAre() throws Exception {
    List<String> source = sqlite();
    Map<String, String> before = hashes(directory.resolve("dendrite"));

    CommandLineRun check = run("check", source, "--media-mode", "none");
    assertThat(check.exitCode()).as(check.all()).isZero();
    assertThat(check.out())
        .contains(
            "Dendrite has 7 SQLite files.",
            "syncapi.db: sync_api",
            "userapi_accounts.db: user_api",
            "mscs.db: mscs");
    CommandLineRun migrate = run("migrate", source);
    assertThat(migrate.exitCode()).as(migrate.all()).isZero();
    assertThat(migrate.out()).doesNotContain(".db");
    CommandLineRun verify = run("verify", source);
    assertThat(verify.exitCode()).as(verify.all()).isZero();

    assertThat(hashes(directory.resolve("dendrite"))).isEqualTo(before);
    assertThat(directory.toFile().list()).containsExactly("dendrite");
  }

  @Test
  void aDatabaseForEachComponentIsFoundByTheConfiguration() throws Exception {
    Map<String, TestDatabase> parts = Layouts.split(whole);
    StringBuilder yaml = new StringBuilder("global: { server_name: 'd.test:31498' }\n");
    parts.forEach(
        (component, database) ->
            yaml.append(
                component.equals("user_api")
                    ? "user_api: { account_database: { connection_string: '%s' } }\n"
                        .formatted(connection(database))
                    : component.equals("mscs")
                        // A leftover that is never read.
                        ? "mscs: { database: { connection_string: 'file:mscs.db' } }\n"
                        : "%s: { database: { connection_string: '%s' } }\n"
                            .formatted(component, connection(database))));
    Path file = Files.writeString(directory.resolve("dendrite.yaml"), yaml);

    CommandLineRun run = run("migrate", List.of("--dendrite-config", file.toString()), "--json");

    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(document.at("/layout/source").asText()).isEqualTo("6 databases");
    assertThat(document.at("/layout/components")).hasSize(6);
    assertThat(document.path("notes").toString())
        .contains(
            "mscs.database.connection_string names a database of its own, which is not needed");
    assertThat(directory.toFile().list()).containsExactly("dendrite.yaml");
  }

  @Test
  void anEmptyDatabaseOfTheUserTakesTheCopyAndIsEmptyAgain() throws Exception {
    List<String> source = sqlite();
    TestDatabase staging = TestPostgres.createDatabase("staging");

    CommandLineRun run = run("migrate", source, "--staging-db", connection(staging));
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(staging.everything()).isEmpty();

    staging.execute("create table mine (id int)");
    CommandLineRun taken = run("check", source, "--staging-db", connection(staging));
    assertThat(taken.exitCode()).as(taken.all()).isEqualTo(10);
    assertThat(inOneLine(taken.out())).contains("is not empty", "[staging]");
    assertThat(staging.rows("select * from mine")).isEmpty();
  }

  /** What another one lacks is said of the component, as far as another component can tell. */
  @Test
  void componentsOfAnotherTimeAreNamed() throws Exception {
    Map<String, List<String>> losses =
        Map.of(
            "room_server",
            List.of(
                "delete from roomserver_events where event_nid > (select max(event_nid) - 5"
                    + " from roomserver_events where sent_to_output)"),
            "sync_api",
            List.of(
                "delete from syncapi_output_room_events where id >"
                    + " (select max(id) - 5 from syncapi_output_room_events)"),
            "user_api",
            List.of(
                "delete from userapi_accounts where created_ts >= (select max(created_ts) from"
                    + " userapi_accounts where password_hash <> '')",
                "delete from userapi_account_datas where type <> 'm.push_rules'"),
            "key_server",
            List.of("delete from keyserver_device_keys"),
            "federation_api",
            List.of("delete from federationsender_joined_hosts"),
            "media_api",
            List.of("delete from mediaapi_media_repository"));
    Map<String, String> said =
        Map.of(
            "room_server", "room_server lacks 5 of the newest events of sync_api",
            "sync_api", "sync component has not caught up with its rooms",
            "user_api", "user_api lacks 1 accounts that room_server has as members",
            "key_server", "key_server lacks",
            "federation_api", "federation_api lacks",
            "media_api", "media_api lacks");
    Map<String, TestDatabase> parts = Layouts.split(whole);
    for (Map.Entry<String, List<String>> loss : losses.entrySet()) {
      Map<String, TestDatabase> some = new LinkedHashMap<>(parts);
      TestDatabase older = parts.get(loss.getKey()).copy("older");
      older.execute(loss.getValue().toArray(String[]::new));
      some.put(loss.getKey(), older);

      CommandLineRun run = run("check", each(List.copyOf(some.values())));

      assertThat(inOneLine(run.out()))
          .as(loss.getKey())
          .contains(said.get(loss.getKey()))
          .contains(loss.getKey().equals("sync_api") ? "[source-caught-up]" : "[components-agree]");
    }
  }

  @Test
  void thatThereIsNoRoomIsSaidBeforeAnythingIsCopied() throws Exception {
    List<String> source = sqlite();
    Path file = directory.resolve("dendrite").resolve("mscs.db");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(Files.getFileStore(directory).getUsableSpace());
    }

    CommandLineRun run = run("migrate", source);

    assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
    assertThat(inOneLine(run.err()))
        .contains("MB free", "--staging-dir DIR", "--staging-db CONNECTION")
        .doesNotContain("They are first copied");

    // What a killed Dendrite leaves is read in a private copy, wherever all of it is copied then.
    Files.writeString(file.resolveSibling("mscs.db-wal"), "not yet in the file");
    CommandLineRun given =
        run("migrate", source, "--staging-db", connection(TestPostgres.createDatabase("staging")));
    assertThat(given.exitCode()).as(given.all()).isEqualTo(3);
    assertThat(inOneLine(given.err()))
        .contains("with a log or journal beside them are copied", "MB free", "--staging-dir DIR");
    assertThat(directory.toFile().list()).containsExactly("dendrite");
  }

  /**
   * Java answers Ctrl-C as it answers TERM; but whoever starts tests may ignore Ctrl-C for them.
   */
  @ParameterizedTest
  @CsvSource({"TERM, false", "TERM, true", "KILL, true"})
  void interruptedWhileItCopiesItLeavesNothing(String signal, boolean given) throws Exception {
    Map<String, TestDatabase> parts = Layouts.split(whole);
    List<String> source = each(List.copyOf(parts.values()));
    TestDatabase staging = TestPostgres.createDatabase("staging");
    String[] more =
        given
            ? new String[] {"--dry-run", "--staging-db", connection(staging)}
            : new String[] {"--dry-run"};
    Path log = directory.resolve("interrupted.log");
    try (Connection holding = parts.get("key_server").connect();
        Statement statement = holding.createStatement()) {
      holding.setAutoCommit(false);
      // The copy of the others is done, or goes on; that of this table waits. It has no defaults,
      // which could not be asked for while it is locked.
      statement.execute("lock table keyserver_one_time_keys in access exclusive mode");
      Process process = start(log, arguments("migrate", source, more));
      awaitCopy(parts.get("key_server"), process, log);
      if (given) {
        assertThat(staging.everything()).as("the copy").isNotEmpty();
      }
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as(Files.readString(log)).isTrue();
    }
    if (signal.equals("KILL")) {
      CommandLineRun next = run("migrate", source, more);
      assertThat(next.exitCode()).as(next.all()).isZero();
    } else {
      assertThat(inOneLine(Files.readString(log)))
          .contains("Interrupted. Removing the copy", "The copy was removed");
    }
    assertThat(staging.everything()).isEmpty();
    assertThat(directory.toFile().list()).containsExactly("interrupted.log");
  }

  private static Process start(Path log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "d2s.cli.Main"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static void awaitCopy(TestDatabase part, Process process, Path log) throws Exception {
    for (int attempt = 0; attempt < 1200 && process.isAlive(); attempt++) {
      if (!part.rows("select 1 from pg_locks where not granted").isEmpty()) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("it did not come so far:\n" + Files.readString(log));
  }

  @Test
  void oneOfSeveralDatabasesIsSaidToBeOne() throws Exception {
    Map<String, TestDatabase> parts = Layouts.split(whole);

    CommandLineRun one = run("migrate", each(List.of(parts.get("room_server"))));
    assertThat(one.exitCode()).as(one.all()).isEqualTo(3);
    assertThat(one.err())
        .contains("only one of several databases", "sync_api", "user_api")
        .doesNotContain("mapping file");

    CommandLineRun two =
        run("check", each(List.of(parts.get("room_server"), parts.get("sync_api"))));
    assertThat(two.exitCode()).as(two.all()).isEqualTo(10);
    assertThat(inOneLine(two.out())).contains("only one of several databases", "user_api");
  }

  @Test
  void anIncompleteRestoreAndAnOldLayoutAreSaidToBeThat() throws Exception {
    TestDatabase incomplete = whole.copy("incomplete");
    incomplete.execute("drop table keyserver_one_time_keys", "drop table mediaapi_thumbnail");
    CommandLineRun run = run("migrate", each(List.of(incomplete)));
    assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
    assertThat(run.err())
        .contains("keyserver_one_time_keys", "mediaapi_thumbnail", "restore all of it")
        .doesNotContain("mapping file");

    TestDatabase old = whole.copy("old");
    old.execute("alter table userapi_accounts rename to account_accounts");
    CommandLineRun former = run("check", each(List.of(old)));
    assertThat(former.exitCode()).as(former.all()).isEqualTo(10);
    assertThat(inOneLine(former.out()))
        .contains("an old layout", "account_accounts", "Start Dendrite 0.13.8 on it once");

    TestDatabase older = whole.copy("older");
    older.execute("alter table userapi_accounts drop column server_name");
    CommandLineRun lacking = run("check", each(List.of(older)));
    assertThat(lacking.exitCode()).as(lacking.all()).isEqualTo(10);
    assertThat(inOneLine(lacking.out()))
        .contains("the table userapi_accounts has no column server_name", "Start Dendrite 0.13.8");
  }

  @Test
  void anOldStepOfOneComponentIsNoticed() throws Exception {
    Map<String, TestDatabase> parts = Layouts.split(whole);
    for (TestDatabase part : parts.values()) {
      part.execute("delete from db_migrations where version = 'userapi: server names populate'");
    }

    CommandLineRun run = run("migrate", each(List.copyOf(parts.values())));

    assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
    assertThat(run.err()).contains("old layout", "userapi: server names populate");
  }

  @Test
  void aFileThatIsOpenIsRefused() throws Exception {
    List<String> source = sqlite();
    Process dendrite =
        new ProcessBuilder("sleep", "60")
            .redirectInput(directory.resolve("dendrite").resolve("syncapi.db").toFile())
            .start();
    try {
      CommandLineRun run = run("migrate", source);
      assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
      assertThat(run.err())
          .contains("Dendrite seems to be running", "process " + dendrite.pid(), "syncapi.db");
    } finally {
      dendrite.destroy();
      dendrite.waitFor();
    }
  }

  @Test
  void aFileThatIsNotThereIsSaidWithWhereItWasLookedFor() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("dendrite.yaml"),
            "global: { database: { connection_string: 'file:dendrite.db' } }\n");

    CommandLineRun run = run("check", List.of("--dendrite-config", file.toString()));

    assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            directory.resolve("dendrite.db").toString(),
            Path.of("dendrite.db").toAbsolutePath().toString(),
            "--dendrite-db DIR");
  }

  @Test
  void killedInTheMiddleItLeavesTheSourceAndTheNextRunRemovesTheRest() throws Exception {
    List<String> source = sqlite();
    Map<String, String> before = hashes(directory.resolve("dendrite"));
    Path log = directory.resolve("killed.log");
    Process killed = start(log, arguments("migrate", source, "--server-name", "d.test:31498"));
    // Its PostgreSQL runs: now it is in the middle.
    Path pid = awaitFile("data/postmaster.pid", killed, log);
    killed.destroyForcibly().waitFor();
    long server = Long.parseLong(Files.readAllLines(pid).get(0).strip());
    Path leftOver = pid.getParent().getParent();
    assertThat(hashes(directory.resolve("dendrite"))).isEqualTo(before);
    assertThat(ProcessHandle.of(server)).as("PostgreSQL outlives a killed Java").isPresent();

    CommandLineRun run = run("migrate", source);

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).contains("removed what an earlier run left when it was killed");
    assertThat(leftOver).doesNotExist();
    assertThat(ProcessHandle.of(server).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(hashes(directory.resolve("dendrite"))).isEqualTo(before);
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("dendrite", "killed.log");
  }

  private Path awaitFile(String name, Process process, Path log) throws Exception {
    for (int attempt = 0; attempt < 1200 && process.isAlive(); attempt++) {
      try (Stream<Path> folders = Files.list(directory)) {
        for (Path folder : folders.toList()) {
          Path file = folder.resolve(name);
          // Its last line says so when the server takes connections.
          if (text(file).contains("ready")) {
            return file;
          }
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("it did not come so far:\n" + Files.readString(log));
  }

  /** A file that comes and goes; nothing while it is not there. */
  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (FileSystemException e) {
      return "";
    }
  }

  @Test
  void whatNobodyKnowsIsANoteWithoutRowsAndARefusalWithRows() throws Exception {
    TestDatabase fork = whole.copy("fork");
    fork.execute(
        "create table syncapi_weather (id int)",
        "alter table userapi_accounts add column shoe_size bigint not null default 42",
        "create table userapi_hats (owner text)",
        "insert into userapi_hats values ('alice'), ('bob')",
        "alter table roomserver_rooms add column colour text",
        "update roomserver_rooms set colour = 'green' where room_nid < 4");

    CommandLineRun refused = run("migrate", each(List.of(fork)));
    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(3);
    assertThat(refused.err())
        .contains(
            "no mapping knows syncapi_weather, userapi_accounts.shoe_size",
            "the table userapi_hats is: it holds something in 2 rows",
            "the column roomserver_rooms.colour is: it holds something in",
            "--accept-unknown roomserver_rooms.colour");
    CommandLineRun checked = run("check", each(List.of(fork)));
    assertThat(checked.exitCode()).as(checked.all()).isEqualTo(10);
    assertThat(inOneLine(checked.out()))
        .contains("the table userapi_hats is: it holds something in 2 rows", "[unknown-data]");

    CommandLineRun accepted =
        run(
            "migrate",
            each(List.of(fork)),
            "--accept-unknown",
            "userapi_hats",
            "--accept-unknown",
            "roomserver_rooms.colour");
    assertThat(accepted.exitCode()).as(accepted.all()).isZero();
    assertThat(accepted.err()).contains("userapi_hats is left behind with 2 rows");
  }

  @Test
  void aDatabaseOfZendriteIsMigratedAndSaidToBeOne() throws Exception {
    TestDatabase fork = whole.copy("zendrite");
    makeZendrite(fork);
    String room =
        fork.rows(
                "select room_id from roomserver_rooms where room_nid ="
                    + " (select room_nid from roomserver_partial_state_rooms)")
            .get(0);

    CommandLineRun run = run("migrate", each(List.of(fork)), "-v");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).contains("this database is one of Zendrite 3.1.0, a fork of Dendrite");
    assertThat(run.out()).contains("the state of this room is not complete yet").contains(room);
    assertThat(target.rows("select room_id from rooms where room_id = '" + room + "'")).isEmpty();
    assertThat(
            target.rows(
                "select r.token, r.user_id, r.device_id, a.id from refresh_tokens r"
                    + " join access_tokens a on a.refresh_token_id = r.id order by 1"))
        .hasSize(1)
        .allMatch(row -> row.startsWith("refresh-me @"));
  }

  @Test
  void zendritesFilesAreMigratedTooByEachOfItsComponents() throws Exception {
    TestDatabase fork = whole.copy("zendrite");
    Map<String, TestDatabase> parts = Layouts.split(fork);
    for (TestDatabase part : parts.values()) {
      part.execute("alter table db_migrations rename column dendrite_version to zendrite_version");
      part.execute("update db_migrations set zendrite_version = '3.1.0'");
    }

    CommandLineRun run = run("migrate", each(List.copyOf(parts.values())));

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.err()).contains("Zendrite 3.1.0");
  }

  /**
   * Some components in SQLite files, two in one database, one on its own, each read as somebody
   * else.
   */
  @Test
  void filesAndDatabasesOfSeveralUsersAreMixed() throws Exception {
    Map<String, TestDatabase> parts = Layouts.split(whole);
    TestDatabase shared = whole.copy("shared");
    for (String table :
        shared.rows(
            "select tablename from pg_tables where schemaname = 'public' and tablename !~"
                + " '^(roomserver|syncapi)_|db_migrations'")) {
      shared.execute("drop table " + table + " cascade");
    }
    String role = "keeper_" + ProcessHandle.current().pid();
    TestDatabase keys = parts.get("key_server");
    keys.execute(
        "drop role if exists " + role,
        "create role " + role + " login password 'it''s %&'",
        "grant select on all tables in schema public to " + role,
        "grant select on all sequences in schema public to " + role);
    Path folder = Files.createDirectory(directory.resolve("the files"));
    Layouts.sqlite(whole, Layouts.RECORDING, folder);
    Path file =
        Files.writeString(
            directory.resolve("dendrite.yaml"),
            """
            global: { server_name: 'd.test:31498', database: { connection_string: "%s" } }
            key_server: { database: { connection_string: "postgres://%s:it%%27s%%20%%25%%26@%s:%d/%s?sslmode=prefer" } }
            user_api: { account_database: { connection_string: 'file:the files/userapi_accounts.db' } }
            media_api: { database: { connection_string: 'file://%s/the%%20files/mediaapi.db?cache=shared' } }
            federation_api: { database: { connection_string: '%s' } }
            """
                .formatted(
                    connection(shared),
                    role,
                    keys.host(),
                    keys.port(),
                    keys.name(),
                    directory,
                    connection(parts.get("federation_api"))));

    CommandLineRun run = run("migrate", List.of("--dendrite-config", file.toString()), "--json");

    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(document.at("/layout/source").asText()).isEqualTo("3 databases and 2 SQLite files");
    List<String> mixed = target.rows(COUNTS);
    assertThat(run.all()).doesNotContain("it's %&", "it%27s");
    keys.execute("drop owned by " + role, "drop role " + role);

    dropTarget();
    createTarget();
    CommandLineRun one = run("migrate", each(List.of(whole)));
    assertThat(one.exitCode()).as(one.all()).isZero();
    assertThat(mixed).isEqualTo(target.rows(COUNTS));
  }

  private static final String COUNTS =
      "select (select count(*) from users), (select count(*) from access_tokens), (select count(*)"
          + " from events), (select count(*) from e2e_device_keys_json), (select count(*) from"
          + " local_media_repository), (select count(*) from destinations), (select count(*) from"
          + " receipts_linearized), (select count(*) from room_memberships)";

  /** A fork's own tables come along from files too, as texts. */
  @Test
  void aForkInSqliteFilesIsAsKnownAsInOneDatabase() throws Exception {
    List<String> source = sqlite();
    Path folder = directory.resolve("dendrite");
    // The fork has not touched that of the federation API.
    for (String name : List.of("roomserver", "syncapi", "userapi_accounts", "keyserver")) {
      execute(
          folder.resolve(name + ".db"),
          "alter table db_migrations rename column dendrite_version to zendrite_version",
          "update db_migrations set zendrite_version = '3.1.0'");
    }
    execute(
        folder.resolve("roomserver.db"),
        "create table roomserver_partial_state_rooms (room_nid integer primary key, join_event_nid"
            + " integer, joined_via text)",
        "insert into roomserver_partial_state_rooms select max(room_nid), 1, 'p.test' from"
            + " roomserver_rooms where state_snapshot_nid > 0",
        "alter table roomserver_rooms add column shoe_size integer not null default 42");
    execute(
        folder.resolve("userapi_accounts.db"),
        "alter table userapi_devices add column refresh_token text",
        "update userapi_devices set refresh_token = 'refresh-me' where access_token ="
            + " (select d.access_token from userapi_devices d join userapi_accounts a using"
            + " (localpart, server_name) where a.account_type <> 4 order by d.session_id limit 1)",
        "create table userapi_hats (owner text)",
        "insert into userapi_hats values ('alice'), ('bob')");

    CommandLineRun refused = run("migrate", source);
    assertThat(refused.exitCode()).as(refused.all()).isEqualTo(3);
    assertThat(refused.err())
        .contains(
            "Zendrite 3.1.0",
            "no mapping knows roomserver_rooms.shoe_size; nothing is lost",
            "the table userapi_hats is: it holds something in 2 rows")
        .doesNotContain("the column");

    CommandLineRun run = run("migrate", source, "-v", "--accept-unknown", "userapi_hats");
    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("the state of this room is not complete yet");
    assertThat(target.rows("select token from refresh_tokens")).containsExactly("refresh-me");
  }

  /** What a component has more than others know is told as it is in one database. */
  @Test
  void typesAndDefaultsOfAForkInSeveralDatabasesComeAlong() throws Exception {
    Map<String, TestDatabase> parts = Layouts.split(whole);
    parts
        .get("user_api")
        .execute(
            "create type mood as enum ('glad', 'sad')",
            "create domain size as int check (value > 0)",
            "alter table userapi_accounts add column mood mood not null default 'glad'",
            "alter table userapi_accounts add column shoe_size size not null default 42",
            "alter table userapi_accounts add column extra json default '{}'",
            "alter table userapi_accounts add column debt numeric default -1.5",
            "alter table userapi_accounts add column since timestamptz default now()",
            "create table userapi_moods (id bigserial, mood mood, at interval)",
            "insert into userapi_moods (mood, at) values ('sad', '1 day')");

    CommandLineRun run = run("check", each(List.copyOf(parts.values())));

    assertThat(run.exitCode()).as(run.all()).isEqualTo(10);
    assertThat(inOneLine(run.out()))
        .contains(
            "the table userapi_moods is: it holds something in 1 row",
            "the column userapi_accounts.since is: it holds something in")
        .doesNotContain(
            "Nobody knows what the column userapi_accounts.mood",
            "Nobody knows what the column userapi_accounts.shoe_size",
            "Nobody knows what the column userapi_accounts.extra",
            "Nobody knows what the column userapi_accounts.debt");
  }

  @Test
  void anOldStepInAFileIsNoticedAndAnOldTableToo() throws Exception {
    List<String> source = sqlite();
    Path file = directory.resolve("dendrite").resolve("syncapi.db");
    Path keys = directory.resolve("dendrite").resolve("keyserver.db");
    execute(keys, "delete from db_migrations where version = 'keyserver: refactor key changes'");
    CommandLineRun step = run("migrate", source);
    assertThat(step.exitCode()).as(step.all()).isEqualTo(3);
    assertThat(step.err())
        .contains("old layout", "keyserver: refactor key changes")
        .doesNotContain("mapping file");

    execute(file, "alter table syncapi_ignores rename to syncapi_unheard");
    CommandLineRun lacking = run("migrate", source);
    assertThat(lacking.exitCode()).as(lacking.all()).isEqualTo(3);
    assertThat(inOneLine(lacking.err()))
        .contains("The component sync_api is not complete", "syncapi_ignores", "Start Dendrite");
  }

  @Test
  void aFileThatIsDamagedEndsItAndWhatIsWrongInARowDoesNot() throws Exception {
    List<String> source = sqlite();
    Path folder = directory.resolve("dendrite");
    execute(
        folder.resolve("userapi_accounts.db"),
        "insert into userapi_account_datas (localpart, server_name, room_id, type, content) values"
            + " ('alice', 'd.test:31498', '', cast(x'ff' as text), '{}')");
    execute(
        folder.resolve("mediaapi.db"),
        "insert into mediaapi_media_repository select 'odd', media_origin, content_type, 'much',"
            + " creation_ts, upload_name, base64hash, user_id from mediaapi_media_repository limit 1");

    CommandLineRun migrated = run("migrate", source, "-v");
    assertThat(migrated.exitCode()).as(migrated.all()).isZero();
    assertThat(inOneLine(migrated.out()))
        .contains("the column type holds a text that is not UTF-8")
        .contains("the column file_size_bytes holds no number");

    Path damaged = folder.resolve("roomserver.db");
    try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    for (String command : List.of("check", "migrate", "verify")) {
      CommandLineRun run = run(command, source);
      assertThat(run.exitCode()).as(run.all()).isIn(3, 4, 10);
      assertThat(inOneLine(run.all()))
          .contains(damaged.toString(), "cannot be read", "malformed")
          .doesNotContain("SQLException", "at d2s.");
    }
    assertThat(directory.toFile().list()).containsExactly("dendrite");
  }

  private static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void makeZendrite(TestDatabase fork) throws Exception {
    fork.execute(
        "alter table db_migrations rename column dendrite_version to zendrite_version",
        "update db_migrations set zendrite_version = '3.1.0'",
        "create table roomserver_partial_state_rooms (room_nid bigint primary key, join_event_nid"
            + " bigint, joined_via text)",
        "insert into roomserver_partial_state_rooms select max(room_nid), 1, 'p.test' from"
            + " roomserver_rooms where state_snapshot_nid > 0",
        "create table syncapi_sliding_sync_connections (connection_key bigint, user_id text)",
        "insert into syncapi_sliding_sync_connections values (1, '@alice:x')",
        "create table userapi_dehydrated_devices (user_id text primary key, device_id text)",
        "alter table userapi_devices add column refresh_token text",
        "update userapi_devices set refresh_token = 'refresh-me' where access_token ="
            + " (select d.access_token from userapi_devices d join userapi_accounts a using"
            + " (localpart, server_name) where a.account_type <> 4 order by d.session_id limit 1)");
  }

  private static Map<String, String> hashes(Path folder) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        hashes.put(file.getFileName().toString(), hash(file));
      }
    }
    assertThat(hashes).isNotEmpty();
    return hashes;
  }

  private static String hash(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return new BigInteger(1, hash).toString(16);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
