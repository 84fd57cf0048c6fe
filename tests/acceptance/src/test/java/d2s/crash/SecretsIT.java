package d2s.crash;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.crash.Tool.Child;
import d2s.crash.Tool.Outcome;
import d2s.generator.GeneratedDendrite;
import d2s.generator.random.Size;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret of a server comes out of any command, whether it succeeds or fails. */
class SecretsIT {

  private static final long EVENTS = 600;
  private static final int SHORTEST = 8;

  private static final String PASSWORD = "dsn-p4ssword-7391";
  private static final String SEED = "c2VlZC1vZi1hLXNpZ25pbmcta2V5LTczOTEtMDAwMDA";

  /** Where Dendrite keeps what nobody else may know. */
  private static final List<String> SECRET =
      List.of(
          "select access_token from userapi_devices",
          "select password_hash from userapi_accounts",
          "select token from userapi_openid_tokens",
          "select token from userapi_login_tokens",
          "select token from userapi_registration_tokens",
          "select pushkey from userapi_pushers",
          "select session_data from userapi_key_backups",
          "select content from syncapi_send_to_device",
          "select event_json::json #>> '{content,body}' from roomserver_event_json",
          "select event_json::json #>> '{content,ciphertext}' from roomserver_event_json");

  /** What is too long is left out and named, and the rest is loaded. */
  private static final String A_LENGTH = "a length";

  /** How a target can refuse rows with words that quote them. */
  private static final Map<String, List<String>> REFUSALS = refusals();

  @TempDir Path directory;
  private TestDatabase dendrite;
  private TestDatabase synapse;
  private final Set<String> secrets = new LinkedHashSet<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();

  private static Map<String, List<String>> refusals() {
    Map<String, List<String>> refusals = new LinkedHashMap<>();
    refusals.put("a check", List.of("alter table access_tokens add check (length(token) < 3)"));
    refusals.put(
        "a unique index", List.of("create unique index x on access_tokens (left(token, 1))"));
    refusals.put(A_LENGTH, List.of("alter table access_tokens alter token type varchar(5)"));
    for (String raised :
        List.of(
            "raise exception '%', new",
            "raise exception '%', new using errcode = '23505', detail = new, hint = new",
            "execute new::text",
            "perform (new::text)::int",
            "raise warning '%', new; raise exception using errcode = '42501', message = new::text")) {
      for (String table : List.of("access_tokens", "users")) {
        refusals.put(
            "a trigger on " + table + ": " + raised,
            List.of(
                "create function watch() returns trigger language plpgsql as $$begin "
                    + raised
                    + "; return new; end$$",
                "create trigger watch before insert on "
                    + table
                    + " for each row execute function watch()"));
      }
    }
    return refusals;
  }

  @BeforeEach
  void makeServers() throws Exception {
    dendrite = TestPostgres.createDatabase("secrets");
    new GeneratedDendrite(Size.of(EVENTS), dendrite.dataSource()).write();
    dendrite.execute(
        "insert into userapi_openid_tokens (token, localpart, server_name, token_expires_at_ms)"
            + " select 'openid-' || md5(localpart), localpart, server_name, 1 from userapi_accounts",
        "insert into userapi_login_tokens (token, token_expires_at, user_id)"
            + " select 'login-' || md5(localpart), now(), '@' || localpart || ':x' from"
            + " userapi_accounts",
        "insert into userapi_registration_tokens (token, pending, completed, uses_allowed)"
            + " values ('registration-7391', 0, 0, 3)");
    synapse = TestPostgres.createDatabase("target");
    Homeservers.synapse(synapse);
    for (String sql : SECRET) {
      List<String> values = dendrite.rows(sql);
      values.removeIf(value -> value.length() < SHORTEST);
      assertThat(values).as(sql).isNotEmpty();
      secrets.addAll(values);
    }
    secrets.addAll(List.of(PASSWORD, SEED));
    writeConfigurations();
  }

  private void writeConfigurations() throws IOException {
    Files.writeString(
        directory.resolve("matrix_key.pem"),
        "-----BEGIN MATRIX PRIVATE KEY-----\nKey-ID: ed25519:now\n\n"
            + SEED
            + "=\n-----END MATRIX PRIVATE KEY-----\n");
    Files.writeString(
        directory.resolve("dendrite.yaml"),
        """
        version: 2
        global:
          server_name: large.test
          private_key: matrix_key.pem
          database: { connection_string: "%s" }
        client_api:
          registration_shared_secret: shared-s3cret-7391
          recaptcha_private_key: captcha-s3cret-7391
          turn: { turn_shared_secret: turn-s3cret-7391, turn_password: turn-p4ssword-7391 }
        """
            .formatted(connection(dendrite)));
    Files.writeString(
        directory.resolve("homeserver.yaml"),
        """
        server_name: large.test
        macaroon_secret_key: macaroon-s3cret-7391
        registration_shared_secret: synapse-s3cret-7391
        form_secret: form-s3cret-7391
        turn_shared_secret: other-s3cret-7391
        database:
          name: psycopg2
          args: { host: %s, port: %d, dbname: %s, user: %s, password: %s }
        """
            .formatted(synapse.host(), synapse.port(), synapse.name(), synapse.user(), PASSWORD));
    for (String word :
        List.of(
            "shared-s", "captcha-s", "turn-s", "macaroon-s", "synapse-s", "form-s", "other-s")) {
      secrets.add(word + "3cret-7391");
    }
    secrets.add("turn-p4ssword-7391");
    Files.writeString(directory.resolve("links.csv"), "user,provider,sub\nnobody,oidc-x,sub-1\n");
  }

  private static String connection(TestDatabase database) {
    return "postgresql://%s:%s@%s:%d/%s?sslmode=disable"
        .formatted(database.user(), PASSWORD, database.host(), database.port(), database.name());
  }

  private List<String> databases() {
    return List.of(
        "--dendrite-config",
        directory.resolve("dendrite.yaml").toString(),
        "--synapse-config",
        directory.resolve("homeserver.yaml").toString());
  }

  @Test
  void noSecretComesOutOfAnyCommand() throws Exception {
    for (List<String> command :
        List.of(
            List.of("check"),
            List.of("check", "--mappings-only"),
            List.of("plan", "--json"),
            List.of("migrate", "--dry-run", "-v", "-v"),
            List.of("migrate", "--dry-run", "--json", "--strict"))) {
      run(true, command);
    }
    refusedRows();
    commandsWithoutTarget();
    connectionsThatFail();
    Path report = directory.resolve("report");
    run(true, List.of("migrate", "-v", "--report", report.toString()));
    assertThat(synapse.rows("select token from access_tokens")).isNotEmpty();
    run(true, List.of("migrate", "-v", "-v"));
    synapse.execute(
        "update access_tokens set token = reverse(token)",
        "update users set password_hash = reverse(password_hash)",
        "update pushers set pushkey = reverse(pushkey)",
        "update e2e_room_keys set session_data = reverse(session_data)",
        "update device_inbox set message_json = reverse(message_json)");
    run(true, List.of("verify", "-v", "-v", "--report", report.toString()));
    synapse.execute("alter table access_tokens alter token type bytea using token::bytea");
    run(true, List.of("verify", "-v", "-v", "--json"));
    try (Stream<Path> files = Files.walk(report)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        outputs.put(file.toString(), Files.readString(file));
      }
    }
    lookAtProcesses();

    List<String> found = new ArrayList<>();
    outputs.forEach(
        (what, text) ->
            secrets.stream()
                .filter(secret -> contains(text, secret))
                .forEach(secret -> found.add(what + " shows " + secret)));
    System.out.printf(
        "%d secrets are in none of %d outputs, %,d characters%n",
        secrets.size(), outputs.size(), outputs.values().stream().mapToLong(String::length).sum());
    assertThat(found).isEmpty();
    assertThat(secrets).hasSizeGreaterThan(100);
  }

  /** Also turned around, as the test has spoiled some, and across the lines of a terminal. */
  private static boolean contains(String text, String secret) {
    return text.contains(secret)
        || text.contains(new StringBuilder(secret).reverse())
        || text.replaceAll("\\s+", "").contains(secret.replaceAll("\\s+", ""));
  }

  private Outcome run(boolean withDatabases, List<String> command) {
    List<String> arguments = new ArrayList<>(command);
    if (withDatabases) {
      arguments.addAll(databases());
    }
    Outcome outcome = Tool.here(arguments);
    outputs.put(outputs.size() + " d2s " + String.join(" ", command), outcome.output());
    return outcome;
  }

  /** The server quotes the row in one way or another; nothing of it may be passed on. */
  private void refusedRows() throws Exception {
    for (Map.Entry<String, List<String>> refusal : REFUSALS.entrySet()) {
      TestDatabase kept = synapse;
      synapse = TestPostgres.createDatabase("refusing");
      Homeservers.synapse(synapse);
      synapse.execute(refusal.getValue().toArray(String[]::new));
      writeConfigurations();
      Outcome outcome = run(true, List.of("migrate", "-v", "-v"));
      assertThat(outcome.exitCode())
          .as(refusal.getKey() + "\n" + outcome.output())
          .isEqualTo(refusal.getKey().equals(A_LENGTH) ? 0 : 4);
      synapse.drop();
      synapse = kept;
      writeConfigurations();
    }
  }

  private void commandsWithoutTarget() {
    String yaml = directory.resolve("dendrite.yaml").toString();
    run(false, List.of("keys", "--dendrite-config", yaml, "--synapse-key", file("signing.key")));
    run(false, List.of("keys", "--dendrite-config", yaml, "--synapse-key", yaml));
    run(false, List.of("config", "--dendrite-config", yaml));
    run(false, List.of("config", "--dendrite-config", yaml, "--json"));
    run(
        false,
        List.of("config", "--dendrite-config", yaml, "--output", file("new.yaml"), "-v", "-v"));
    run(false, List.of("schema", "capture", "--dendrite-config", yaml));
    run(
        false,
        List.of(
            "media",
            "--dendrite-config",
            yaml,
            "--dendrite-media-path",
            directory.toString(),
            "--synapse-media-path",
            file("media"),
            "-v",
            "-v"));
    run(
        false,
        List.of(
            "link-oidc",
            "--synapse-config",
            file("homeserver.yaml"),
            "--provider",
            "x",
            file("links.csv"),
            "-v",
            "-v"));
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  /** All forms of connections, and mistakes in each of them. */
  private void connectionsThatFail() {
    for (String wrong :
        List.of(
            "postgresql://postgres:" + PASSWORD + "@localhost:1/x",
            "postgresql://postgres:" + PASSWORD + "@localhost:a/x",
            "postgresql://postgres:" + PASSWORD + "@nowhere.invalid/x",
            "postgresql://postgres:" + PASSWORD + "@@localhost/x",
            "postgresql://postgres:" + PASSWORD + "@localhost/x?what=1",
            "postgresql:/postgres:" + PASSWORD + "@localhost/x",
            "mysql://postgres:" + PASSWORD + "@localhost/x",
            "jdbc:postgresql://localhost:1/x?user=postgres&password=" + PASSWORD,
            "jdbc:mysql://localhost:1/x?user=postgres&password=" + PASSWORD,
            "host=localhost port=1 user=postgres password=" + PASSWORD,
            "host=localhost port=1 user=postgres password='" + PASSWORD,
            "host=localhost prot=1 password=" + PASSWORD,
            "host=localhost password " + PASSWORD,
            connection(dendrite).replace(dendrite.name(), "no_such_database"))) {
      run(false, List.of("check", "--dendrite-db", wrong, "--synapse-db", wrong, "-v", "-v"));
      run(false, List.of("media", "--dendrite-db", wrong, "--json"));
    }
  }

  /** What everybody on the machine sees of a run that was given files. */
  private void lookAtProcesses() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(databases());
    Path log = directory.resolve("child.log");
    StringBuilder seen = new StringBuilder();
    try (Child child = Tool.start(arguments, directory, log)) {
      while (child.isAlive()) {
        seen.append(commandLines());
        TimeUnit.MILLISECONDS.sleep(100);
      }
      assertThat(child.await().exitCode()).isNotEqualTo(Tool.NEVER_ENDED);
    }
    assertThat(seen).contains("verify");
    outputs.put("the list of processes", seen.toString());
    outputs.put("d2s verify", Files.readString(log));
  }

  private static String commandLines() throws IOException, InterruptedException {
    Process list = new ProcessBuilder("ps", "-eww", "-o", "args").start();
    String lines = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    list.waitFor();
    return lines;
  }
}
