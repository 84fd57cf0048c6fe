package d2s.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.Main;
import d2s.cli.sandbox.SynapseDatabase;
import d2s.cli.sandbox.SynapseInstallation;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.verify.VerificationResults;
import d2s.engine.verify.Verifier;
import d2s.engine.verify.VerifierOptions;
import d2s.matrix.catalog.BundledRecordings;
import d2s.testing.TestDatabase;
import d2s.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * A database that a real Synapse has initialised and {@code d2s migrate} has filled.
 *
 * @param dendrite where everything came from
 */
record MigratedDatabase(TestDatabase dendrite, TestDatabase synapse) {

  /**
   * Migrates a recording that ships with the project.
   *
   * @param directory for Synapse's configuration
   */
  static MigratedDatabase ofRecording(String recording, String serverName, Path directory)
      throws Exception {
    TestDatabase dendrite = TestPostgres.createDatabase("dendrite");
    try (Connection connection = dendrite.connect()) {
      BundledRecordings.restore(recording, connection);
    }
    return of(dendrite, serverName, directory);
  }

  static MigratedDatabase of(TestDatabase dendrite, String serverName, Path directory)
      throws Exception {
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
    return new MigratedDatabase(dendrite, synapse);
  }

  VerificationResults verify() throws SQLException {
    return new Verifier(
            MappingSetLoader.loadResources("dendrite-to-synapse"),
            dendrite.dataSource(),
            synapse.dataSource(),
            new VerifierOptions(Map.of(), Map.of(), Set.of()))
        .run(name -> {});
  }
}
