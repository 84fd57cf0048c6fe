package d2s.acceptance;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Releases of Synapse over the whole range, one of each schema. Each is installed when it is first
 * needed, so this does not run by itself; docs/development/validation.md has the command.
 */
@Tag("synapse")
class SynapseReleases {

  @ParameterizedTest
  @ValueSource(strings = {"1.116.0", "1.127.1", "1.129.0", "1.145.0", "1.155.0", "1.163.2"})
  void everybodyGoesOn(String release, @TempDir Path directory) throws Exception {
    new ReleaseScenario(release, directory).run();
  }
}
