package d2s.cli.framework;

import static d2s.cli.CommandLineRun.connection;
import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration in a process of its own that is told to end. It is told with SIGTERM, which takes the
 * same way through the program as Ctrl-C, because a test may run where Ctrl-C is ignored.
 */
class InterruptHandlerTest {

  private static final int ENDED_BY_SIGTERM = 128 + 15;

  @TempDir private Path directory;

  @Test
  @Timeout(120)
  void rollsBackAndSaysSo() throws Exception {
    TestDatabase source = TestPostgres.createDatabase("interrupted_source");
    TestDatabase target = TestPostgres.createDatabase("interrupted_target");
    source.execute("create table a (id bigint primary key)", "insert into a values (1)");
    target.execute(
        "create table version (v int)",
        "insert into version values (1)",
        "create table b (id bigint)",
        "create table c (id bigint)");
    Files.writeString(
        directory.resolve("set.yaml"),
        """
        set: slow
        source: { name: Old, marker_table: a }
        target: { name: New, marker_table: version, version: select v from version }
        phases: { only: Everything. }
        """);
    Files.writeString(
        directory.resolve("quick.yaml"),
        """
        mapping: quick
        phase: only
        description: Done before the interrupt.
        from: { table: a }
        label: [id]
        to: { b: { id: id } }
        """);
    Files.writeString(
        directory.resolve("slow.yaml"),
        """
        mapping: slow
        phase: only
        description: Still running at the interrupt.
        depends_on: [quick]
        from:
          sql: select id, (select count(*) from (select generate_series(1, 100000000000)) slow)::text as nothing from a
        label: [id]
        to: { c: { id: id } }
        """);
    Path output = directory.resolve("output.txt");

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "d2s.cli.Main",
                "migrate",
                "--mappings",
                directory.toString(),
                "--dendrite-db",
                connection(source),
                "--synapse-db",
                connection(target))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      while (count(
              source,
              "pg_stat_activity where state = 'active' and query like '%100000000000%' and pid <> pg_backend_pid()")
          == 0) {
        assertThat(process.isAlive()).as("the migration is running").isTrue();
        TimeUnit.MILLISECONDS.sleep(100);
      }
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the process ended").isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(process.exitValue()).isIn(ENDED_BY_SIGTERM, ExitCode.INTERRUPTED.number());
    assertThat(Files.readString(output, StandardCharsets.UTF_8))
        .contains("Interrupted. Rolling back ...", "Everything was rolled back")
        .doesNotContain("Exception", "WARN");
    assertThat(count(target, "b")).isZero();
    // The sessions end by themselves; that they do not is what the time limit would show.
    while (count(
            target,
            "pg_stat_activity where application_name = 'd2s' and datname = current_database()")
        > 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long count(TestDatabase database, String from) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + from)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
