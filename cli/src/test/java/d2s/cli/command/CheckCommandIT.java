package d2s.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.cli.CommandLineRun;
import d2s.engine.schema.CatalogDdl;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.FreshSynapse;
import d2s.testing.RecordedMedia;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every finding of {@code d2s check}: its condition is made in real databases and files, and goes
 * away with its cure. A migration is refused for the same.
 */
class CheckCommandIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NEWEST = BundledCatalogs.newest("synapse").version();
  private static final Path REFERENCE = Path.of("..", "docs", "reference", "checks.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9-]+)` \\| (.*?) \\|.*");

  /** Those that end everything else, so that nobody sees them go well. */
  private static final Set<String> ONLY_WHEN_WRONG =
      Set.of(
          "dendrite-connection",
          "synapse-connection",
          "dendrite-layout",
          "unknown-data",
          "staging",
          "accepted-names",
          "another-run",
          // Only said of a file that names a database and a folder.
          "synapse-other-database",
          "synapse-other-media");

  @TempDir private static Path files;

  private static TestDatabase dendrite;
  private static TestDatabase synapse;
  private static String serverName;
  private static Path dendriteYaml;
  private static Path homeserverYaml;
  private static Path media;
  private static Path empty;
  private static Connection other;
  private static FileChannel copying;

  /** Makes a condition, or takes it away. */
  @FunctionalInterface
  private interface Action {
    void run() throws SQLException, IOException;
  }

  /**
   * A condition.
   *
   * @param cure what the command must say to do
   * @param arguments more of them while the condition holds
   */
  private record Condition(
      String id, String severity, String cure, Action make, Action undo, String... arguments) {
    @Override
    public String toString() {
      return id;
    }
  }

  @BeforeAll
  static void prepare() throws SQLException, IOException {
    dendrite = TestPostgres.createDatabase("check_dendrite");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore("dendrite-0.13.8", connection);
    }
    synapse = TestPostgres.createDatabase("check_synapse");
    fill(synapse);
    serverName = dendrite.rows("select max(server_name) from userapi_accounts").get(0);
    dendriteYaml = files.resolve("dendrite.yaml");
    homeserverYaml = files.resolve("homeserver.yaml");
    media = files.resolve("media");
    empty = Files.createDirectory(files.resolve("empty"));
    RecordedMedia.unpack(media);
    writeFiles();
  }

  private static void fill(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      CatalogDdl.create(connection, BundledCatalogs.newest("synapse"));
    }
    database.execute(FreshSynapse.version(NEWEST));
  }

  private static void writeFiles() throws IOException {
    Files.writeString(dendriteYaml, "version: 2\nglobal: { server_name: '" + serverName + "' }\n");
    Files.writeString(
        homeserverYaml,
        "server_name: '"
            + serverName
            + "'\nmacaroon_secret_key: m\nsigning_key_path: "
            + Files.writeString(files.resolve("signing.key"), "")
            + "\n");
  }

  @AfterAll
  static void drop() throws SQLException {
    dendrite.drop();
    synapse.drop();
  }

  private static Condition sql(
      String id, String severity, String cure, TestDatabase database, String make, String undo) {
    return new Condition(
        id, severity, cure, () -> database.execute(make), () -> database.execute(undo));
  }

  private static Condition file(
      String id, String severity, String cure, Path file, String from, String to) {
    return new Condition(
        id,
        severity,
        cure,
        () -> Files.writeString(file, Files.readString(file).replace(from, to)),
        CheckCommandIT::writeFiles);
  }

  /** A file without blocks in the folder of the database makes it as large as one likes. */
  private static void growSource() throws SQLException, IOException {
    Path file = strayFile();
    long free = Files.getFileStore(file.getParent()).getUsableSpace();
    try (RandomAccessFile stray = new RandomAccessFile(file.toFile(), "rw")) {
      stray.setLength(2 * free);
    }
  }

  private static void shrinkSource() throws SQLException, IOException {
    Files.delete(strayFile());
  }

  private static Path strayFile() throws SQLException {
    String folder =
        dendrite
            .rows(
                "select current_setting('data_directory') || '/base/' || oid from pg_database"
                    + " where datname = current_database()")
            .get(0);
    return Path.of(folder, "1999999999");
  }

  private static Condition session(String id, String cure, TestDatabase database, String... sql) {
    return new Condition(
        id,
        "error",
        cure,
        () -> {
          other = database.connect();
          other.setAutoCommit(false);
          try (Statement statement = other.createStatement()) {
            for (String one : sql) {
              statement.execute(one);
            }
          }
        },
        () -> other.close());
  }

  private static Condition role(String id, String cure, TestDatabase database, String... grants) {
    String option = database == dendrite ? "--dendrite-db" : "--synapse-db";
    String user = "d2s_check_user";
    return new Condition(
        id,
        "error",
        cure,
        () -> {
          database.execute("drop role if exists " + user, "create role " + user + " login");
          for (String grant : grants) {
            database.execute(grant + " to " + user);
          }
        },
        () -> database.execute("drop owned by " + user, "drop role " + user),
        option,
        connection(database).replaceFirst("user=\\S+", "user=" + user));
  }

  private static String connection(TestDatabase database) {
    return CommandLineRun.connection(database);
  }

  static Stream<Condition> conditions() {
    String otherName = "other.example";
    return Stream.of(
        new Condition(
            "dendrite-connection",
            "error",
            "psql -l",
            () -> {},
            () -> {},
            "--dendrite-db",
            connection(dendrite).replace(dendrite.name(), "none")),
        new Condition(
            "synapse-connection",
            "error",
            "psql -l",
            () -> {},
            () -> {},
            "--synapse-db",
            connection(synapse).replace(synapse.name(), "none")),
        sql(
            "dendrite-layout",
            "error",
            "restore all of it",
            dendrite,
            "alter table roomserver_events rename to away",
            "alter table away rename to roomserver_events"),
        sql(
            "target-database",
            "error",
            "not swapped",
            synapse,
            "alter table schema_version rename to away",
            "alter table away rename to schema_version"),
        new Condition(
            "separate-databases",
            "error",
            "a database of its own",
            () ->
                dendrite.execute(
                    "create table schema_version (version int, upgraded boolean)",
                    "insert into schema_version values (" + NEWEST + ", false)"),
            () -> dendrite.execute("drop table schema_version"),
            "--synapse-db",
            // The same server by another name.
            connection(dendrite).replace("localhost", "127.0.0.1")),
        sql(
            "target-schema",
            "error",
            "Use a release of synapse",
            synapse,
            "update schema_version set version = 200",
            "update schema_version set version = " + NEWEST),
        sql(
            "facts",
            "error",
            "syncapi_receipt_id",
            dendrite,
            "alter sequence syncapi_receipt_id rename to away",
            "alter sequence away rename to syncapi_receipt_id"),
        sql(
            "source-layout",
            "error",
            "Start Dendrite 0.13.7",
            dendrite,
            "delete from db_migrations where version = 'userapi: rename tables'",
            "insert into db_migrations (version, time, dendrite_version)"
                + " values ('userapi: rename tables', '', '')"),
        sql(
            "dendrite-layout",
            "error",
            "restore all of it",
            dendrite,
            "alter table syncapi_ignores rename to away",
            "alter table away rename to syncapi_ignores"),
        new Condition(
            "server-name-known",
            "error",
            "--server-name",
            () -> {
              dendrite.execute(
                  "create schema if not exists aside; create table aside.kept as select * from userapi_accounts",
                  "delete from userapi_accounts");
              Files.writeString(dendriteYaml, "version: 2\n");
              Files.writeString(homeserverYaml, "macaroon_secret_key: m\n");
            },
            () -> {
              dendrite.execute(
                  "insert into userapi_accounts select * from aside.kept", "drop table aside.kept");
              writeFiles();
            }),
        new Condition(
            "server-name-matches",
            "error",
            "--server-name",
            () -> {
              Files.writeString(dendriteYaml, "global: { server_name: " + otherName + " }\n");
              Files.writeString(homeserverYaml, "server_name: " + otherName + "\n");
            },
            CheckCommandIT::writeFiles),
        sql(
            "source-caught-up",
            "error",
            "leave it idle",
            dendrite,
            "create schema if not exists aside; create table aside.kept as select * from syncapi_output_room_events where id ="
                + " (select max(id) from syncapi_output_room_events);"
                + " delete from syncapi_output_room_events where id in (select id from aside.kept)",
            "insert into syncapi_output_room_events select * from aside.kept; drop table aside.kept"),
        session(
            "dendrite-stopped",
            "systemctl stop dendrite",
            dendrite,
            "set application_name = 'dendrite'"),
        session(
            "synapse-stopped",
            "systemctl stop matrix-synapse",
            synapse,
            "set application_name = ''"),
        session(
            "source-locked",
            "pg_terminate_backend",
            dendrite,
            "lock table roomserver_rooms in access exclusive mode"),
        session("target-locked", "pg_terminate_backend", synapse, "lock table users in share mode"),
        session(
            "another-run",
            "Wait for it",
            synapse,
            "select pg_advisory_xact_lock(" + 0x6d61_7070_696e_6773L + ")"),
        role("source-privileges", "Connect as the user", dendrite, "grant usage on schema public"),
        role(
            "target-privileges",
            "Connect as the user",
            synapse,
            "grant usage on schema public",
            "grant select on all tables in schema public"),
        role(
            "target-ownership",
            "reassign owned",
            synapse,
            "grant all on schema public",
            "grant all on all tables in schema public",
            "grant all on all sequences in schema public"),
        sql(
            "target-read-only",
            "error",
            "reset",
            synapse,
            "alter database " + synapse.name() + " set default_transaction_read_only = on",
            "begin read write; alter database "
                + synapse.name()
                + " reset default_transaction_read_only; commit"),
        sql(
            "target-background-updates",
            "error",
            "--run-background-updates",
            synapse,
            "insert into background_updates (update_name, progress_json, ordering) values ('u', '{}', 1)",
            "delete from background_updates"),
        new Condition(
            "accepted-names",
            "error",
            "There is target-disk-space, missed-events",
            () -> {},
            () -> {},
            "--accept",
            "everything"),
        new Condition(
            "target-disk-space",
            "error",
            "--accept target-disk-space",
            CheckCommandIT::growSource,
            CheckCommandIT::shrinkSource),
        new Condition(
            "target-disk-space",
            "warning",
            "Make room",
            CheckCommandIT::growSource,
            CheckCommandIT::shrinkSource,
            "--accept",
            "target-disk-space"),
        // More files than any disk holds; they are not there either, as of this server all are.
        new Condition(
            "media-disk-space",
            "error",
            "--media-mode hardlink",
            () ->
                dendrite.execute(
                    "insert into mediaapi_media_repository (media_id, media_origin, content_type,"
                        + " file_size_bytes, creation_ts, upload_name, base64hash, user_id)"
                        + " select 'large' || i, max(media_origin), '', 2147483647, 1, '',"
                        + " max(base64hash), '' from mediaapi_media_repository,"
                        + " generate_series(1, 20000) i group by i"),
            () ->
                dendrite.execute(
                    "delete from mediaapi_media_repository where media_id like 'large%'")),
        new Condition(
            "media-folders",
            "error",
            "Another run is copying files",
            () -> {
              Files.createDirectories(files.resolve("to"));
              copying =
                  FileChannel.open(
                      files.resolve("to/~copying"),
                      StandardOpenOption.CREATE,
                      StandardOpenOption.WRITE);
              copying.lock();
            },
            () -> {
              copying.close();
              Files.delete(files.resolve("to/~copying"));
            }),
        sql(
            "target-not-fresh",
            "error",
            "createdb --template=template0",
            synapse,
            "insert into users (name, deactivated, shadow_banned, approved, locked, suspended)"
                + " values ('@a:b', 0, false, true, false, false)",
            "delete from users"),
        file(
            "dendrite-config-version",
            "error",
            "version 2",
            dendriteYaml,
            "version: 2",
            "version: 1"),
        file(
            "synapse-pepper",
            "error",
            "Remove password_config.pepper",
            homeserverYaml,
            "server_name",
            "password_config: { pepper: hunter2 }\nserver_name"),
        file(
            "synapse-fill-in",
            "error",
            "Write the right value",
            homeserverYaml,
            "server_name",
            "database: { args: { password: FILL IN } }\nserver_name"),
        file(
            "synapse-server-name",
            "error",
            "Add server_name",
            homeserverYaml,
            "server_name: '" + serverName + "'",
            ""),
        new Condition(
            "media-files-missing",
            "error",
            "--accept-missing-media",
            () -> {},
            () -> {},
            "--dendrite-media-path",
            empty.toString()),
        new Condition(
            "media-folders",
            "error",
            "Give folders",
            () -> {},
            () -> {},
            "--synapse-media-path",
            media.resolve("inside").toString()),
        new Condition(
            "media-files-missing",
            "warning",
            "a backup",
            () -> {},
            () -> {},
            "--dendrite-media-path",
            empty.toString(),
            "--accept-missing-media"),
        sql(
            "components-agree",
            "warning",
            "restore all databases from the same time",
            dendrite,
            "update syncapi_account_data_type set type = 'lost ' || type",
            "update syncapi_account_data_type set type = substr(type, 6)"),
        sql(
            "case-twins",
            "warning",
            "Tell these users",
            dendrite,
            "insert into userapi_accounts (localpart, server_name, created_ts, account_type)"
                + " select upper(max(localpart)), max(server_name), 1, 1 from userapi_accounts",
            "delete from userapi_accounts where created_ts = 1"),
        sql(
            "odd-localparts",
            "warning",
            "With --strict",
            dendrite,
            "insert into userapi_accounts (localpart, server_name, created_ts, account_type)"
                + " select 'a:b', max(server_name), 1, 1 from userapi_accounts",
            "delete from userapi_accounts where created_ts = 1"),
        sql(
            "guests",
            "warning",
            "allow_guest_access",
            dendrite,
            "insert into userapi_accounts (localpart, server_name, created_ts, account_type)"
                + " select '123456', max(server_name), 1, 2 from userapi_accounts",
            "delete from userapi_accounts where created_ts = 1"),
        sql(
            "damaged-rooms",
            "warning",
            "Let a member make a new room",
            dendrite,
            "create schema if not exists aside; create table aside.kept as select j.* from roomserver_event_json j where event_nid ="
                + " (select min(event_nid) from roomserver_events where event_type_nid = 1);"
                + " delete from roomserver_event_json where event_nid in"
                + " (select event_nid from aside.kept)",
            "insert into roomserver_event_json select * from aside.kept; drop table aside.kept"),
        sql(
            "clock",
            "warning",
            "timedatectl",
            dendrite,
            "create schema if not exists aside; create table aside.kept as select j.* from roomserver_event_json j where event_nid ="
                + " (select event_nid from roomserver_events join syncapi_output_room_events"
                + " using (event_id) order by id desc limit 1);"
                + " update roomserver_event_json set event_json = regexp_replace(event_json,"
                + " '\"origin_server_ts\":\\d+', '\"origin_server_ts\":9999999999999')"
                + " where event_nid in (select event_nid from aside.kept)",
            "update roomserver_event_json j set event_json = k.event_json from aside.kept k"
                + " where k.event_nid = j.event_nid; drop table aside.kept"),
        sql(
            "unknown-columns",
            "warning",
            "matter to you",
            dendrite,
            "create table of_a_fork (x int)",
            "drop table of_a_fork"),
        file(
            "synapse-macaroon-secret",
            "warning",
            "openssl rand",
            homeserverYaml,
            "macaroon_secret_key: m\n",
            ""),
        file(
            "synapse-appservice-files",
            "warning",
            "copy the files",
            homeserverYaml,
            "server_name",
            "app_service_config_files: [/nonexistent/bridge.yaml]\nserver_name"),
        file(
            "dendrite-appservice-files",
            "warning",
            "copy the files",
            dendriteYaml,
            "version",
            "app_service_api: { config_files: [bridge.yaml] }\nversion"),
        file("synapse-signing-key", "warning", "d2s keys", homeserverYaml, "signing.key", "no.key"),
        new Condition(
            "synapse-signing-key",
            "error",
            "Move the file of the other key away",
            () -> {
              Files.writeString(
                  files.resolve("matrix_key.pem"),
                  "-----BEGIN MATRIX PRIVATE KEY-----\nKey-ID: ed25519:of_dendrite\n\n"
                      + "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n"
                      + "-----END MATRIX PRIVATE KEY-----\n");
              Files.writeString(
                  dendriteYaml,
                  "version: 2\nglobal: { private_key: matrix_key.pem, server_name: '"
                      + serverName
                      + "' }\n");
              Files.writeString(
                  files.resolve("signing.key"),
                  "ed25519 other AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI\n");
            },
            CheckCommandIT::writeFiles),
        file(
            "synapse-other-database",
            "error",
            "leave --synapse-db out",
            homeserverYaml,
            "server_name",
            "database: { name: psycopg2, args: { database: elsewhere } }\nserver_name"),
        file(
            "synapse-other-media",
            "warning",
            "leave --synapse-media-path out",
            homeserverYaml,
            "server_name",
            "media_store_path: " + empty + "\nserver_name"),
        file(
            "synapse-password-login",
            "warning",
            "set up single sign-on",
            homeserverYaml,
            "server_name",
            "password_config: { enabled: false }\nserver_name"),
        file(
            "synapse-deletes-data",
            "warning",
            "remove the setting",
            homeserverYaml,
            "server_name",
            "media_retention: { local_media_lifetime: 30d }\ndelete_stale_devices_after: 1y\n"
                + "retention: { enabled: true }\nserver_name"));
  }

  private static CommandLineRun run(String command, Condition condition, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(more));
    List<String> given = condition == null ? List.of() : List.of(condition.arguments());
    arguments.addAll(given);
    add(arguments, given, "--dendrite-db", connection(dendrite));
    add(arguments, given, "--synapse-db", connection(synapse));
    add(arguments, given, "--dendrite-config", dendriteYaml.toString());
    add(arguments, given, "--synapse-config", homeserverYaml.toString());
    add(arguments, given, "--dendrite-media-path", media.toString());
    add(arguments, given, "--synapse-media-path", files.resolve("to").toString());
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static void add(List<String> arguments, List<String> given, String... option) {
    if (!given.contains(option[0])) {
      arguments.addAll(List.of(option));
    }
  }

  private static JsonNode result(CommandLineRun run, String id) throws IOException {
    for (JsonNode result : JSON.readTree(run.out()).path("checks")) {
      if (result.path("id").asText().equals(id)) {
        return result;
      }
    }
    return JSON.createObjectNode();
  }

  private static Set<String> errors(CommandLineRun run) throws IOException {
    Set<String> errors = new TreeSet<>();
    for (JsonNode result : JSON.readTree(run.out()).path("checks")) {
      if (result.path("severity").asText().equals("error")) {
        // How much room a disk has changes while somebody else uses it.
        String what = result.path("what").asText().replaceAll("[0-9,]+ MB free", "some MB free");
        errors.add(result.path("id").asText() + ": " + what);
      }
    }
    return errors;
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void findsAConditionUntilItIsCured(Condition condition) throws SQLException, IOException {
    condition.make().run();
    try {
      CommandLineRun found = run("check", condition, "--json");

      JsonNode result = result(found, condition.id());
      assertThat(result.path("severity").asText()).as(found.all()).isEqualTo(condition.severity());
      assertThat(result.path("what").asText() + result.path("rows") + result.path("cure").asText())
          .contains(condition.cure());
      boolean error = condition.severity().equals("error");
      assertThat(found.exitCode()).isEqualTo(error ? 10 : 11);
      if (error) {
        CommandLineRun refused = run("migrate", condition, "--json");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(3);
        // Without all of Dendrite there is nothing that the other checks could look at.
        boolean alone =
            condition.id().endsWith("-connection") || condition.id().equals("dendrite-layout");
        if (!alone) {
          assertThat(errors(refused)).isEqualTo(errors(found));
        }
      }
    } finally {
      condition.undo().run();
    }
    CommandLineRun cured = run("check", null, "--json");
    assertThat(result(cured, condition.id()).path("severity").asText("ok")).isEqualTo("ok");
    assertThat(cured.exitCode()).as(cured.all()).isZero();
  }

  @Test
  void everyFindingIsDocumentedAndTested() throws IOException {
    Set<String> known = new TreeSet<>(ONLY_WHEN_WRONG);
    JSON.readTree(run("check", null, "--json").out())
        .path("checks")
        .forEach(result -> known.add(result.path("id").asText()));
    Set<String> documented = new TreeSet<>();
    for (String line : Files.readAllLines(REFERENCE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        documented.add(row.group(1));
        assertThat(line.split("\\|", -1)).as(line).hasSize(6);
      }
    }
    assertThat(documented).isEqualTo(known);
    Set<String> tested = new TreeSet<>();
    conditions().forEach(condition -> tested.add(condition.id()));
    tested.addAll(
        List.of(
            // By LayoutCommandsTest.
            "unknown-data",
            "staging",
            // By SourceEncodingIT.
            "source-encoding",
            // What is told as dendrite-layout before, unless mapping files have no layouts.
            "source-database",
            "source-tables",
            "passwords",
            "run-size",
            "media-carried",
            "target-encoding",
            "target-collation",
            "target-postgres-version"));
    assertThat(tested).isEqualTo(known);
  }

  @Test
  void saysAllThatIsWrongAtOnceForPeople() throws SQLException, IOException {
    Files.writeString(homeserverYaml, "password_config: { pepper: x }\n");
    dendrite.execute("create table of_a_fork (x int)");
    try {
      CommandLineRun run = run("check", null);

      assertThat(run.exitCode()).isEqualTo(10);
      assertThat(run.out())
          .contains(
              "ERROR   ",
              "[synapse-pepper]",
              "[synapse-server-name]",
              "WARNING ",
              "[unknown-columns]",
              "Why: Dendrite's password hashes have none: nobody could log in.",
              "Do:  Remove password_config.pepper.",
              "2 errors, 2 warnings.",
              "OK       Passwords go on working. [passwords]");
      assertThat(run.out().lines()).allMatch(line -> line.length() <= 120);
    } finally {
      dendrite.execute("drop table of_a_fork");
      writeFiles();
    }
  }

  @Test
  void saysHowMuchThereIsToCarry() throws IOException {
    JsonNode size = result(run("check", null, "--json"), "run-size");

    assertThat(size.path("what").asText()).containsPattern("[0-9,]+ MB; .* about 1 to 2 minutes");
    assertThat(size.path("rows").toString()).contains("15 accounts", "49 rooms");
    assertThat(size.path("cure").asText()).contains("dry run");
  }

  @Test
  void filesThatNobodyNamesAFolderForAreMissed() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "check",
            "--json",
            "--dendrite-db",
            connection(dendrite),
            "--synapse-db",
            connection(synapse));
    assertThat(run.exitCode()).as(run.all()).isEqualTo(11);
    assertThat(result(run, "media-carried").path("cure").asText())
        .contains("--dendrite-media-path");
    CommandLineRun meant =
        CommandLineRun.of(
            "check",
            "--media-mode",
            "none",
            "--dendrite-db",
            connection(dendrite),
            "--synapse-db",
            connection(synapse));
    assertThat(meant.exitCode()).as(meant.all()).isZero();
  }

  @Test
  void aDryRunIsNotRefusedForASession() throws SQLException, IOException {
    try (Connection running = dendrite.connect();
        Statement statement = running.createStatement()) {
      statement.execute("set application_name = 'dendrite'");
      CommandLineRun run = run("migrate", null, "--dry-run", "--phase", "accounts", "--json");
      assertThat(run.exitCode()).as(run.all()).isZero();
      assertThat(result(run, "dendrite-stopped").path("severity").asText()).isEqualTo("warning");
    }
  }

  @Test
  void anotherKindOfDatabaseIsFound() throws SQLException, IOException {
    for (String kind :
        List.of(
            "encoding 'LATIN1' lc_collate 'C' lc_ctype 'C'",
            "lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'")) {
      String name = synapse.name() + "_kind";
      synapse.execute("create database " + name + " template template0 " + kind);
      TestDatabase wrong =
          new TestDatabase(
              synapse.host(), synapse.port(), name, synapse.user(), synapse.password());
      try {
        fill(wrong);
        Condition condition =
            new Condition("", "", "", null, null, "--synapse-db", connection(wrong));
        String id = kind.startsWith("encoding") ? "target-encoding" : "target-collation";
        JsonNode result = result(run("check", condition, "--json"), id);
        assertThat(result.path("severity").asText()).isEqualTo("error");
        assertThat(result.path("cure").asText()).contains("createdb --template=template0");
      } finally {
        wrong.drop();
      }
    }
  }

  @Test
  void anOldPostgresIsFound() throws IOException {
    Path mappings = files.resolve("mappings");
    Path original = Path.of("..", "mappings", "dendrite-to-synapse");
    try (Stream<Path> all = Files.walk(original)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        Path copy = mappings.resolve(original.relativize(path).toString());
        Files.createDirectories(copy.getParent());
        // The bar is put above the server that is there.
        Files.writeString(
            copy, Files.readString(path).replace("::int < 140000", "::int < 9990000"));
      }
    }
    CommandLineRun run = run("check", null, "--json", "--mappings", mappings.toString());
    assertThat(result(run, "target-postgres-version").path("severity").asText())
        .as(run.all())
        .isEqualTo("error");
  }

  @Test
  void whatWasCopiedBeforehandNeedsNoMoreRoom() throws SQLException, IOException {
    Condition large =
        conditions().filter(one -> one.id().equals("media-disk-space")).findFirst().orElseThrow();
    large.make().run();
    Path copied = Files.createDirectories(files.resolve("to")).resolve("copied");
    try (RandomAccessFile file = new RandomAccessFile(copied.toFile(), "rw")) {
      // One file without blocks, under several names: 43 TB in all.
      file.setLength(1L << 43);
      for (int i = 1; i < 6; i++) {
        Files.createLink(copied.resolveSibling("copied" + i), copied);
      }
      assertThat(result(run("check", null, "--json"), "media-disk-space").path("severity").asText())
          .isEqualTo("ok");
    } finally {
      for (Path one : Files.newDirectoryStream(copied.getParent(), "copied*")) {
        Files.delete(one);
      }
      large.undo().run();
    }
  }

  /** What says that something has happened, though nothing has; "are" speaks of all migrations. */
  private static final Pattern DONE =
      Pattern.compile(
          "(?i)(?<!would |be |is |are )(?<!(would|are) not )(not )?carried over|\\b(copied|linked|failed)\\b|[.:] done");

  @Test
  void aDryRunOnlySaysWhatWouldBe() throws SQLException, IOException {
    Condition damage =
        conditions().filter(one -> one.id().equals("odd-localparts")).findFirst().orElseThrow();
    Path report = files.resolve("dry-report");
    try {
      damage.make().run();
      CommandLineRun run = run("migrate", null, "--dry-run", "-v", "--report", report.toString());
      CommandLineRun copied =
          CommandLineRun.of(
              "media",
              "--dry-run",
              "--dendrite-db",
              connection(dendrite),
              "--dendrite-config",
              dendriteYaml.toString(),
              "--dendrite-media-path",
              media.toString(),
              "--synapse-media-path",
              files.resolve("dry").toString());

      assertThat(run.out()).contains("Would not be carried over, ", "Would be carried over: ");
      assertThat(run.out()).contains("Would copy", "Would fail", "Dry run done");
      assertThat(copied.out()).contains("Would copy", ": no file was copied.");
      String page = Files.readString(report.resolve("report.html"));
      assertThat(page).contains("What would be carried over", "Would not be carried over");
      String all = run.all() + copied.all().replace(": no file was copied.", "") + page;
      assertThat(all.lines().filter(line -> DONE.matcher(line).find())).isEmpty();
      assertThat(files.resolve("dry")).doesNotExist();
    } finally {
      damage.undo().run();
    }
  }

  @Test
  void aDryRunIsRefusedWhereTheRealRunWouldHaveNoRoom() throws SQLException, IOException {
    for (String id : List.of("target-disk-space", "media-disk-space")) {
      Condition full = conditions().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
      try {
        full.make().run();
        CommandLineRun run = run("migrate", null, "--dry-run", "--json");
        assertThat(run.exitCode()).as(run.all()).isEqualTo(3);
        assertThat(result(run, id).path("cure").asText()).contains(full.cure());
      } finally {
        full.undo().run();
      }
    }
  }

  @Test
  void whatIsLeftOutByNameEndsAStrictRunOnly() throws SQLException, IOException {
    for (String id : List.of("odd-localparts", "damaged-rooms")) {
      Condition damage = conditions().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
      try {
        damage.make().run();
        CommandLineRun run = run("migrate", null, "--dry-run");
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out()).contains("Would not be carried over, ", "[" + id + "]");
        assertThat(run("migrate", null, "--dry-run", "--strict").exitCode()).isEqualTo(4);
      } finally {
        damage.undo().run();
      }
    }
  }

  @Test
  void aFailureStandsAloneAndItsNotesBelow() throws IOException {
    Files.writeString(
        dendriteYaml,
        Files.readString(dendriteYaml) + "media_api: { base_path: /nonexistent/media }\n");
    try {
      CommandLineRun run =
          CommandLineRun.of(
              "migrate",
              "--dendrite-config",
              dendriteYaml.toString(),
              "--dendrite-db",
              connection(dendrite).replace(dendrite.name(), "none"),
              "--synapse-db",
              connection(synapse));

      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err().indexOf("Note: ")).isGreaterThan(run.err().indexOf("no database"));
    } finally {
      writeFiles();
    }
  }

  @Test
  void filesThatAreSwappedAreNamed() throws IOException {
    Files.writeString(
        dendriteYaml, "version: 2\nglobal: { server_name: a.example, private_key: k.pem }\n");
    try {
      for (String command : List.of("check", "migrate", "verify")) {
        CommandLineRun run =
            CommandLineRun.of(
                command,
                "--dendrite-config",
                homeserverYaml.toString(),
                "--synapse-config",
                dendriteYaml.toString());
        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains("homeserver.yaml looks like Synapse's", "swapped?");
        CommandLineRun twice =
            CommandLineRun.of(
                command,
                "--dendrite-config",
                dendriteYaml.toString(),
                "--synapse-config",
                dendriteYaml.toString());
        assertThat(twice.err()).contains("dendrite.yaml looks like Dendrite's", "swapped?");
      }
    } finally {
      writeFiles();
    }
  }

  @Test
  void aNewSchemaSaysWhichReleasesFit() throws SQLException, IOException {
    int next = Integer.parseInt(NEWEST) + 1;
    synapse.execute("update schema_version set version = " + next);
    try {
      assertThat(result(run("check", null, "--json"), "target-schema").path("what").asText())
          .contains("schema version is " + next, ">=88 <=" + NEWEST, "1.116 to 1.");
    } finally {
      synapse.execute("update schema_version set version = " + NEWEST);
    }
  }
}
