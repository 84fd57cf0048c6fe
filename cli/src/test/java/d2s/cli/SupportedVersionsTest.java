package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.loader.MappingSetLoader;
import d2s.engine.mapping.Endpoint;
import d2s.engine.mapping.VersionRange;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents name the schemas and releases of Synapse that set.yaml supports. */
class SupportedVersionsTest {

  private static final Endpoint SYNAPSE =
      MappingSetLoader.loadResources("dendrite-to-synapse").target();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "docs/guide/before-you-begin.md",
        "docs/reference/synapse-releases.md"
      })
  void aDocumentNamesTheFirstAndTheLastSchema(String document) throws IOException {
    VersionRange supported = SYNAPSE.supported();
    int[] schemas = IntStream.range(0, 1_000).filter(supported::contains).toArray();

    assertThat(read(document)).contains(schemas[0] + " to " + schemas[schemas.length - 1]);
  }

  @Test
  void theFirstPageNamesTheReleases() throws IOException {
    assertThat(read("README.md")).contains("Releases " + SYNAPSE.releases().value());
  }

  @Test
  void theTableOfReleasesHasEachSchemaThatShips() throws IOException {
    String reference = read("docs/reference/synapse-releases.md");
    String guide = read("docs/guide/before-you-begin.md");
    List<String> names =
        BundledCatalogs.names().stream().filter(name -> name.startsWith("synapse-")).toList();

    assertThat(names).isNotEmpty();
    assertThat(names)
        .allSatisfy(
            name -> {
              String version = BundledCatalogs.read(name).version();
              assertThat(reference).contains("| " + version + " | `" + name + "` |");
              assertThat(guide).contains("\n| " + version + " | ");
            });
  }

  private static String read(String document) throws IOException {
    return Files.readString(ProjectDirectory.root().resolve(document));
  }
}
