package d2s.acceptance;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The oldest release of Synapse that d2s supports. The newest is that of all other tests, and
 * {@link SynapseReleases} has those between.
 */
@Tag("synapse")
class OldestSynapseIT {

  static final String OLDEST = "1.116.0";

  @Test
  void everybodyGoesOn(@TempDir Path directory) throws Exception {
    new ReleaseScenario(OLDEST, directory).run();
  }
}
