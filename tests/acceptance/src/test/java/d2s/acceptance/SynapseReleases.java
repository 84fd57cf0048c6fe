package d2s.acceptance;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Releases of Synapse over the whole range, one of each schema. Each is installed when it is first
 * needed, so this does not run by itself; docs/development/validation.md has the command. The
 * system property {@code d2s.releases} names others, with commas between.
 */
@Tag("synapse")
class SynapseReleases {

  private static final String ALL = "1.116.0,1.127.1,1.129.0,1.145.0,1.155.0,1.163.2";

  static List<String> releases() {
    return List.of(System.getProperty("d2s.releases", ALL).split(","));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void everybodyGoesOn(String release, @TempDir Path directory) throws Exception {
    new ReleaseScenario(release, directory).run();
  }
}
