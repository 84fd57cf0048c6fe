package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    assertThat(pairs)
        .containsExactly("dendrite-0.13.8 to synapse-94", "dendrite-0.15.2 to synapse-94");
  }

  @Test
  void canBePutInOrder() {
    CommandLineRun run = CommandLineRun.of("plan");

    assertThat(run.exitCode()).as(run.all()).isZero();
    assertThat(run.out()).contains("1  accounts", "after", "refers to");
  }
}
