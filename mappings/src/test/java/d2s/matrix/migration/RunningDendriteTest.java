package d2s.matrix.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import d2s.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Dendrite that is still connected to its database. */
class RunningDendriteTest {

  private static TestDatabase dendrite;
  private static TestDatabase synapse;
  private static Connection running;

  @BeforeAll
  static void connect() throws SQLException {
    dendrite = MigratedRecording.restored("dendrite-0.13.8");
    synapse = MigratedRecording.freshSynapse();
    running = dendrite.connect();
    try (Statement statement = running.createStatement()) {
      statement.execute("set application_name = ''");
    }
  }

  @AfterAll
  static void drop() throws SQLException {
    running.close();
    dendrite.drop();
    synapse.drop();
  }

  @Test
  void nothingIsLoadedFromIt() {
    assertThatThrownBy(() -> run(false))
        .isInstanceOf(PreconditionFailedException.class)
        .hasMessageContaining("Dendrite seems to be running")
        .hasMessageContaining("process ");
  }

  @Test
  void aDryRunIsWelcome() {
    RunResult result = run(true);

    assertThat(result.findings()).isEmpty();
    assertThat(result.committed()).isFalse();
  }

  private static RunResult run(boolean dryRun) {
    return new Migration(
            MappingSetLoader.loadResources("dendrite-to-synapse"),
            dendrite.dataSource(),
            synapse.dataSource(),
            new RunOptions(dryRun, false, Set.of(), Map.of()))
        .run(Progress.silent());
  }
}
