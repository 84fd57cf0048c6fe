package d2s.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import d2s.acceptance.recording.SqlDump;
import d2s.cli.output.VerificationReport;
import d2s.engine.verify.VerificationResults;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold for everything in a migrated database, checked over whole data sets. */
@Tag("synapse")
class MigratedDatabaseIT {

  /** A large recording that does not ship with the project; beside a checkout, or given. */
  private static final Path VOLUME =
      Path.of(System.getProperty("d2s.volume", "../../../shared/data/volume"))
          .resolve("dendrite.sql.xz");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"dendrite-0.13.8, d.test:31448, 1000", "dendrite-0.15.2, d.test:31498, 1000"})
  void everythingIsThereAndRight(String recording, String serverName, int atLeast)
      throws Exception {
    check(MigratedDatabase.ofRecording(recording, serverName, directory), atLeast);
  }

  @Test
  void everythingOfALargeServerIsThereAndRight() throws Exception {
    assumeTrue(Files.exists(VOLUME), () -> "there is no large recording at " + VOLUME);
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    try (Connection connection = dendrite.connect()) {
      SqlDump.load(VOLUME, connection);
    }
    try (Connection connection = dendrite.connect()) {
      connection.createStatement().execute("analyze");
    }
    long start = System.nanoTime();
    MigratedDatabase migrated = MigratedDatabase.of(dendrite, "d.test:31848", directory);
    System.out.printf(
        "51,485 events: initialised and migrated in %.1f s%n",
        Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
    VerificationResults result = check(migrated, 51_000);
    assertThat(result.elapsed()).as("time of d2s verify").isLessThan(Duration.ofMinutes(1));
  }

  private static VerificationResults check(MigratedDatabase migrated, long events)
      throws Exception {
    VerificationResults result = migrated.verify();
    VerificationReport.table(result, 120).forEach(System.out::println);
    System.out.println(VerificationReport.conclusion(result));
    assertThat(VerificationReport.findings(result, true)).isEmpty();
    assertThat(result.passed()).isTrue();
    assertThat(checked(result, "state at events")).isGreaterThan(events);
    assertThat(checked(result, "event ids")).isGreaterThan(events);
    return result;
  }

  private static long checked(VerificationResults result, String name) {
    return result.results().stream()
        .filter(verification -> verification.name().equals(name))
        .findAny()
        .orElseThrow()
        .checked();
  }
}
