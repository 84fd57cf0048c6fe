package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mapping files that ship with the program, and the schemas that ship with it. */
class BundledMappingsTest {

  @Test
  void fitEveryBundledSchema() throws IOException {
    CommandLineRun run = CommandLineRun.of("check", "--json");

    assertThat(run.exitCode()).as(run.all()).isZero();
    List<String> pairs = new ArrayList<>();
    for (JsonNode checked : new ObjectMapper().readTree(run.out()).path("checked")) {
      pairs.add(checked.path("against").asText());
      assertThat(checked.path("mappings").asInt()).isPositive();
    }
    List<String> names = BundledCatalogs.names();
    List<String> all =
        names.stream()
            .filter(source -> source.startsWith("dendrite-"))
            .flatMap(
                source ->
                    names.stream()
                        .filter(target -> target.startsWith("synapse-"))
                        .map(target -> source + " to " + target))
            .toList();
    assertThat(all).hasSizeGreaterThanOrEqualTo(16);
    assertThat(pairs).containsExactlyElementsOf(all);
  }

  @Test
  void canBePutInOrder() {
    CommandLineRun run = CommandLineRun.of("plan");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("1  accounts", "after", "refers to");
  }
}
