package d2s.crash;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.crash.Tool.Outcome;
import d2s.generator.GeneratedDendrite;
import d2s.generator.random.Size;
import d2s.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Servers of a test alone: standbys, TLS, rights that go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherServersIT {

  private static final long EVENTS = 600;
  private static final String NONE = "sslmode=disable";

  @TempDir static Path directory;
  private Cluster cluster;
  private TestDatabase dendrite;
  private TestDatabase synapse;
  private Path certificate;
  private int number;

  @BeforeAll
  void makeServer() throws Exception {
    certificate = directory.resolve("server.crt");
    makeCertificate(certificate);
    cluster =
        Cluster.start(
            directory.resolve("primary"),
            Map.of(
                "fsync", "off",
                "max_wal_senders", "4",
                "wal_level", "replica",
                "ssl", "on",
                "ssl_cert_file", "'" + certificate + "'",
                "ssl_key_file", "'" + directory.resolve("server.key") + "'"));
    dendrite = cluster.create("dendrite");
    new GeneratedDendrite(Size.of(EVENTS), dendrite.dataSource()).write();
    synapse = cluster.create("synapse");
    Homeservers.synapse(synapse);
  }

  @AfterAll
  void stop() throws IOException {
    cluster.close();
  }

  /** Makes a certificate for the name localhost, signed by itself, and its key beside it. */
  private void makeCertificate(Path made) throws Exception {
    Path key = made.resolveSibling(made.getFileName().toString().replace(".crt", ".key"));
    Path log = directory.resolve("openssl.log");
    Process making =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                key.toString(),
                "-out",
                made.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(making.waitFor()).as(Files.readString(log)).isZero();
    new ProcessBuilder("chmod", "600", key.toString()).start().waitFor();
  }

  private TestDatabase freshTarget() throws SQLException {
    return cluster.copy("synapse", "target_" + ++number, "");
  }

  private static Outcome run(
      String command, TestDatabase source, TestDatabase target, String tls, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--dendrite-db",
                connection(source, tls),
                "--synapse-db",
                connection(target, tls),
                "-v"));
    arguments.addAll(Arrays.asList(more));
    return Tool.here(arguments);
  }

  private static String connection(TestDatabase database, String tls) {
    return "host=%s port=%d dbname=%s user=%s password=unused %s"
        .formatted(database.host(), database.port(), database.name(), database.user(), tls);
  }

  private static String words(Outcome outcome) {
    return outcome.output().replaceAll("\\s+", " ");
  }

  @Test
  void aStandbyIsAGoodSourceAndNoTarget() throws Exception {
    TestDatabase target = freshTarget();
    try (Cluster standby = cluster.standby(directory.resolve("standby"), Map.of())) {
      cluster.awaitReplay(standby);
      TestDatabase copy = standby.database("dendrite");

      Outcome migrated = run("migrate", copy, target, NONE);
      assertThat(migrated.exitCode()).as(migrated.output()).isZero();
      Outcome verified = run("verify", copy, target, NONE);
      assertThat(verified.exitCode()).as(verified.output()).isZero();

      Outcome refused = run("migrate", dendrite, standby.database("synapse"), NONE);
      assertThat(refused.exitCode()).as(refused.output()).isEqualTo(3);
      assertThat(words(refused)).contains("the server is a standby", "Connect to the primary");
    }
  }

  /** What the primary cleans up, a standby must clean up too, also under somebody who reads. */
  @Test
  void aStandbyThatCannotWaitIsNamed() throws Exception {
    TestDatabase target = freshTarget();
    try (Cluster standby =
        cluster.standby(
            directory.resolve("hasty"),
            Map.of("max_standby_streaming_delay", "0", "wal_receiver_status_interval", "1"))) {
      cluster.awaitReplay(standby);
      AtomicBoolean done = new AtomicBoolean();
      Thread cleaning = new Thread(() -> changeAndClean(done), "cleaning");
      cleaning.start();
      try {
        Outcome failed = run("migrate", standby.database("dendrite"), target, NONE);

        assertThat(failed.exitCode()).as(failed.output()).isIn(3, 4);
        assertThat(words(failed)).contains("conflict with recovery", "max_standby_streaming_delay");
      } finally {
        done.set(true);
        cleaning.join();
      }
      assertThat(target.rows("select count(*) from events")).containsExactly("0");
    }
  }

  private void changeAndClean(AtomicBoolean done) {
    try {
      while (!done.get()) {
        dendrite.execute(
            "update roomserver_event_json set event_json = event_json",
            "update roomserver_events set depth = depth",
            "update userapi_accounts set account_type = account_type",
            "vacuum roomserver_event_json, roomserver_events, userapi_accounts");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCertificateMustBeTrusted() throws Exception {
    Path other = directory.resolve("other.crt");
    makeCertificate(other);

    Outcome wrong =
        run("migrate", dendrite, freshTarget(), "sslmode=verify-ca sslrootcert=" + other);

    assertThat(wrong.exitCode()).as(wrong.output()).isEqualTo(3);
    assertThat(words(wrong)).contains("nobody who is trusted has signed it").doesNotContain("PKIX");
  }

  /** The certificate is for localhost, and so is the connection that is good. */
  @Test
  void aCertificateForAnotherNameIsNamed() throws Exception {
    String tls = "sslmode=verify-full sslrootcert=" + certificate;
    TestDatabase target = freshTarget();
    TestDatabase byNumber =
        new TestDatabase("127.0.0.1", dendrite.port(), dendrite.name(), dendrite.user(), "");

    Outcome wrong = run("plan", byNumber, target, tls);
    Outcome right = run("plan", dendrite, target, tls);

    assertThat(dendrite.host()).isEqualTo("localhost");
    assertThat(wrong.exitCode()).as(wrong.output()).isEqualTo(3);
    assertThat(words(wrong))
        .contains(
            "cannot connect to the Dendrite database",
            "the certificate of the server is for another name than 127.0.0.1",
            "Write the host as the certificate does")
        .doesNotContain("Pgjdbc");
    assertThat(right.exitCode()).as(right.output()).isZero();
  }

  @Test
  void aRightThatGoesDuringTheLoadIsNamed() throws Exception {
    TestDatabase target = freshTarget();
    // Otherwise a quick machine is done before the right is gone.
    target.execute(
        "create function wait() returns trigger language plpgsql as"
            + " $$begin perform pg_sleep(3); return null; end$$",
        "create trigger wait before insert on access_tokens execute function wait()");
    cluster.execute("create role reader login", "grant connect on database dendrite to reader");
    dendrite.execute(
        "grant select on all tables in schema public to reader",
        "grant select on all sequences in schema public to reader");
    AtomicBoolean done = new AtomicBoolean();
    Thread revoking = new Thread(() -> revokeOnceItLoads(done), "revoking");
    revoking.start();
    try {
      Outcome failed = run("migrate", cluster.database("dendrite", "reader"), target, NONE);

      assertThat(failed.exitCode()).as(failed.output()).isEqualTo(4);
      assertThat(words(failed))
          .contains(
              "the source database failed",
              "permission denied",
              "A right is missing in the source");
      assertThat(target.rows("select count(*) from users")).containsExactly("0");
    } finally {
      done.set(true);
      revoking.join();
      dendrite.execute("drop owned by reader");
      cluster.execute("drop owned by reader", "drop role reader");
    }
  }

  /** The last tables that the mappings read. A load has begun when it copies rows. */
  private void revokeOnceItLoads(AtomicBoolean done) {
    String loading =
        "select count(*) from pg_stat_activity where datname like 'target%' and query ilike 'copy %'";
    try {
      while (!done.get() && cluster.database("postgres").rows(loading).get(0).equals("0")) {
        Thread.onSpinWait();
      }
      dendrite.execute("revoke select on keydb_server_keys, keyserver_one_time_keys from reader");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
