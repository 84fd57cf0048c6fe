package d2s.cli.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import d2s.cli.Main;
import d2s.cli.SynapseDatabase;
import d2s.cli.SynapseInstallation;
import d2s.engine.testing.TestDatabase;
import d2s.engine.testing.TestPostgres;
import d2s.matrix.catalog.BundledRecordings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold for every event of a migrated database, checked over whole data sets. */
@Tag("synapse")
class MigratedDatabaseIT {

  /** A large recording that does not ship with the project; beside a checkout, or given. */
  private static final Path VOLUME =
      Path.of(System.getProperty("d2s.volume", "../../shared/data/volume"))
          .resolve("dendrite.sql.xz");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"dendrite-0.13.8, d.test:31448, 1000", "dendrite-0.15.2, d.test:31498, 1000"})
  void everyEventHasItsStateAndItsId(String recording, String serverName, int atLeast)
      throws Exception {
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore(recording, connection);
    }
    TestDatabase synapse = migrate(dendrite, serverName);
    check(dendrite, synapse, atLeast);
  }

  @Test
  void everyEventOfALargeServerHasItsStateAndItsId() throws Exception {
    assumeTrue(Files.exists(VOLUME), () -> "there is no large recording at " + VOLUME);
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    try (Connection connection = dendrite.connect()) {
      SqlDump.load(VOLUME, connection);
    }
    try (Connection connection = dendrite.connect()) {
      connection.createStatement().execute("analyze");
    }
    long start = System.nanoTime();
    TestDatabase synapse = migrate(dendrite, "d.test:31848");
    System.out.printf(
        "51,485 events: initialised and migrated in %.1f s%n",
        Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    check(dendrite, synapse, 51_000);
  }

  private TestDatabase migrate(TestDatabase dendrite, String serverName) throws Exception {
    TestDatabase synapse = TestPostgres.createDatabase("synapse");
    SynapseInstallation.atDefaultPlace()
        .initialise(
            new SynapseDatabase(
                synapse.host(), synapse.port(), synapse.name(), synapse.user(), synapse.password()),
            serverName,
            directory);
    int exitCode =
        Main.run("migrate", "--dendrite-db", dendrite.url(), "--synapse-db", synapse.url());
    assertThat(exitCode).as("exit code of d2s migrate").isZero();
    return synapse;
  }

  private static void check(TestDatabase dendrite, TestDatabase synapse, int atLeast)
      throws Exception {
    try (Connection before = dendrite.connect();
        Connection after = synapse.connect()) {
      StateAtEveryEvent.Result states = StateAtEveryEvent.compare(before, after);
      EventIdentities.Result identities = EventIdentities.check(after);
      System.out.println(
          "States compared: " + states.events() + ", event ids computed: " + identities.events());
      assertThat(states.differences()).as("events with another state").isEmpty();
      assertThat(states.events()).isGreaterThan(atLeast);
      assertThat(identities.wrong()).as("events with another id").isEmpty();
      assertThat(identities.events()).isGreaterThan(atLeast);
    }
  }
}
