package d2s.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import d2s.crash.Tool.Outcome;
import d2s.engine.loader.LayoutsLoader;
import d2s.engine.mapping.Layouts.Component;
import d2s.engine.yaml.Text;
import d2s.generator.GeneratedDendrite;
import d2s.generator.random.Size;
import d2s.testing.SplitDatabase;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers, roles and settings as people have them: it works, or is refused with the cure. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurroundingsIT {

  private static final long EVENTS = 600;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @TempDir Path directory;
  private TestDatabase dendrite;
  private TestDatabase empty;
  private TestDatabase synapse;
  private final List<String> roles = new ArrayList<>();

  @BeforeAll
  void makeServers() throws Exception {
    dendrite = TestPostgres.createDatabase("dendrite");
    new GeneratedDendrite(Size.of(EVENTS), dendrite.dataSource()).write();
    empty = TestPostgres.createDatabase("empty");
    Homeservers.synapse(empty);
  }

  @BeforeEach
  void makeTarget() throws SQLException {
    synapse = empty.copy("synapse");
  }

  @AfterEach
  void removeTarget() throws SQLException {
    synapse.drop();
    for (String role : roles) {
      dendrite.execute("drop owned by " + role, "drop role " + role);
    }
    roles.clear();
  }

  private static String connection(TestDatabase database) {
    return "host=%s port=%d dbname=%s user=%s password=unused sslmode=disable"
        .formatted(database.host(), database.port(), database.name(), database.user());
  }

  private static Outcome run(
      String command, TestDatabase source, TestDatabase target, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--dendrite-db",
                connection(source),
                "--synapse-db",
                connection(target),
                "-v"));
    arguments.addAll(Arrays.asList(more));
    return Tool.here(arguments);
  }

  /** Without the line breaks of a terminal. */
  private static String words(Outcome outcome) {
    return outcome.output().replaceAll("\\s+", " ");
  }

  private String role(String options) throws SQLException {
    String name = "role_" + NUMBER.incrementAndGet();
    dendrite.execute("create role " + name + " login " + options);
    roles.add(name);
    return name;
  }

  private static TestDatabase as(String role, TestDatabase database) {
    return new TestDatabase(database.host(), database.port(), database.name(), role, "unused");
  }

  /** As the guide makes it: whoever owns the tables of the target, and a reader of the source. */
  @Test
  void aReaderAndAnOwnerAreEnough() throws Exception {
    String reader = role("");
    String owner = role("");
    dendrite.execute(
        "grant select on all tables in schema public to " + reader,
        "grant select on all sequences in schema public to " + reader);
    own(owner);

    Outcome migrated = run("migrate", as(reader, dendrite), as(owner, synapse));
    assertThat(migrated.exitCode()).as(migrated.output()).isZero();
    Outcome verified = run("verify", as(reader, dendrite), as(owner, synapse));
    assertThat(verified.exitCode()).as(verified.output()).isZero();
  }

  private void own(String owner) throws SQLException {
    // "alter database" too, which "create" on the schema public belongs to since PostgreSQL 15.
    synapse.execute(
        "alter database " + synapse.name() + " owner to " + owner,
        """
        do $$ declare one record; begin
          for one in select oid::regclass as name, relkind from pg_class
                     where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')
                       and not exists (select from pg_depend d where d.objid = pg_class.oid and d.deptype in ('a', 'i') and relkind = 'S')
          loop
            execute format('alter %%s %%s owner to %s',
                           case one.relkind when 'S' then 'sequence' else 'table' end, one.name);
          end loop;
        end $$
        """
            .formatted(owner));
  }

  @Test
  void aRightThatIsMissingIsNamedBeforeTheLoad() throws Exception {
    String reader = role("");
    String writer = role("");
    dendrite.execute("grant select on all tables in schema public to " + reader);
    synapse.execute(
        "grant select, insert, update, delete on all tables in schema public to " + writer);

    Outcome refused = run("migrate", as(reader, dendrite), as(writer, synapse));

    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
    assertThat(words(refused))
        .contains(
            "may not read some of it",
            "sequence ",
            "does not own its tables",
            "Connect as the user that",
            "othing was changed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "statement_timeout = '30ms'",
        "lock_timeout = '1ms'",
        "idle_in_transaction_session_timeout = '30ms'",
        "idle_session_timeout = '50ms'",
        "transaction_timeout = '60ms'",
        "search_path = 'nothing'",
        "default_transaction_isolation = 'serializable'",
        "work_mem = '64kB'",
        "datestyle = 'German, DMY'",
        "timezone = 'Pacific/Kiritimati'",
        "bytea_output = 'escape'",
        "standard_conforming_strings = off",
        "client_min_messages = 'error'",
        "row_security = off",
        "synchronize_seqscans = off",
      })
  void whatIsSetForTheRoleDoesNotMatter(String setting) throws Exception {
    String role = role("superuser");
    dendrite.execute("alter role " + role + " set " + setting);

    Outcome migrated = run("migrate", as(role, dendrite), as(role, synapse));
    assertThat(migrated.exitCode()).as(migrated.output()).isZero();
    assertThat(synapse.rows("select count(*) > 500 from events")).containsExactly("t");
  }

  /** Of each part of a Dendrite with several databases, and of the one they are copied into. */
  @Test
  void timeoutsOfTheRoleDoNotMatterToTheCopyEither() throws Exception {
    String role = role("superuser");
    dendrite.execute(
        "alter role " + role + " set statement_timeout = '30ms'",
        "alter role " + role + " set lock_timeout = '1ms'",
        "alter role " + role + " set idle_in_transaction_session_timeout = '30ms'",
        "alter role " + role + " set idle_session_timeout = '1s'");
    Map<String, List<String>> components = new LinkedHashMap<>();
    for (Component component :
        LayoutsLoader.loadResources("dendrite-to-synapse").orElseThrow().components()) {
      components.put(
          component.name().value(), component.tables().stream().map(Text::value).toList());
    }
    Map<String, TestDatabase> parts = SplitDatabase.of(dendrite, components);
    TestDatabase staging = TestPostgres.createDatabase("staging");
    List<String> arguments = new ArrayList<>(List.of("plan"));
    parts
        .values()
        .forEach(part -> arguments.addAll(List.of("--dendrite-db", connection(as(role, part)))));
    arguments.addAll(List.of("--synapse-db", connection(as(role, synapse))));
    arguments.addAll(List.of("--staging-db", connection(as(role, staging))));

    Outcome planned = Tool.here(arguments);

    assertThat(planned.exitCode()).as(planned.output()).isZero();
    assertThat(planned.output()).contains("All of it was brought together");
    assertThat(staging.everything()).isEmpty();
    for (TestDatabase part : parts.values()) {
      part.drop();
    }
    staging.drop();
  }

  @Test
  void aSearchPathOfTheDatabaseDoesNotMatter() throws Exception {
    synapse.execute("alter database " + synapse.name() + " set search_path = nothing");

    Outcome migrated = run("migrate", dendrite, synapse);
    assertThat(migrated.exitCode()).as(migrated.output()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"dendrite, 2", "synapse, 1"})
  void tooFewConnectionsAreToldAtOnce(String which, int limit) throws Exception {
    String role = role("superuser");
    String few = role("connection limit " + limit);
    boolean ofSource = which.equals("dendrite");
    if (ofSource) {
      dendrite.execute("grant pg_read_all_data to " + few);
    } else {
      own(few);
    }
    long start = System.nanoTime();

    Outcome refused =
        run("migrate", as(ofSource ? few : role, dendrite), as(ofSource ? role : few, synapse));

    assertThat(refused.exitCode()).as(refused.output()).isIn(3, 4);
    assertThat(words(refused)).contains("connection").doesNotContain("HikariPool", "Exception");
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(25);
    assertThat(synapse.rows("select count(*) from events")).containsExactly("0");
  }

  @Test
  void whoHoldsALockIsNamed() throws Exception {
    try (Connection other = synapse.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("set application_name = 'some backup'");
      statement.execute("lock table events in access share mode");

      Outcome refused = run("migrate", dendrite, synapse);

      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
      assertThat(words(refused))
          .contains("AccessShareLock on events by process", "some backup", "pg_terminate_backend");
    }
  }

  @Test
  void tlsThatTheServerDoesNotSpeakIsNamed() {
    Outcome refused =
        Tool.here(
            List.of(
                "migrate",
                "--dendrite-db",
                connection(dendrite).replace("sslmode=disable", "sslmode=require"),
                "--synapse-db",
                connection(synapse)));

    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
    assertThat(words(refused)).contains("TLS", "sslmode").doesNotContain("asks for a password");
  }

  @Test
  void aPoolerThatSharesSessionsIsRefused() throws Exception {
    assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed");
    try (PgBouncer bouncer =
        PgBouncer.start(
            directory,
            dendrite.port(),
            "transaction",
            "ignore_startup_parameters = extra_float_digits")) {
      for (String command : List.of("migrate", "verify", "check")) {
        Outcome refused = run(command, bouncer.of(dendrite), bouncer.of(synapse));
        assertThat(refused.exitCode())
            .as(refused.output())
            .isEqualTo(command.equals("check") ? 10 : 3);
        assertThat(words(refused)).contains("a pooler is between", "Connect to PostgreSQL itself");
      }
    }
    try (PgBouncer bouncer = PgBouncer.start(directory, dendrite.port(), "transaction")) {
      Outcome refused = run("migrate", bouncer.of(dendrite), bouncer.of(synapse));
      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
      assertThat(words(refused)).contains("Connect to PostgreSQL itself");
    }
  }
}
