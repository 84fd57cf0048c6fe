package d2s.matrix.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The JSON Schemas with which an editor completes and checks mapping files. */
class JsonSchemaTest {

  private static final Path FILES = Path.of("dendrite-to-synapse");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> mappingFiles() throws IOException {
    try (Stream<Path> files = Files.walk(FILES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.equals(FILES.resolve("set.yaml")))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("mappingFiles")
  void everyMappingFileIsValidAndPointsAtTheSchema(Path file) throws IOException {
    String text = Files.readString(file);

    assertThat(validate("mapping.schema.json", text)).isEmpty();
    assertThat(text).startsWith("# yaml-language-server: $schema=../mapping.schema.json\n");
  }

  @Test
  void theSetIsValidAndPointsAtTheSchema() throws IOException {
    String text = Files.readString(FILES.resolve("set.yaml"));

    assertThat(validate("set.schema.json", text)).isEmpty();
    assertThat(text).startsWith("# yaml-language-server: $schema=set.schema.json\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{mapping: m, phase: p}",
        "{mapping: m, phase: p, about: a, form: {table: t}}",
        "{mapping: m, phase: p, about: a, to: {t: {each: wrong, c: x}}}",
        "{mapping: m, phase: p, about: a, to: {t: {c: {value: x, synapse: '92'}}}}",
        "{mapping: m, phase: p, about: a, skip: {when: x, reason: r}}",
        "{ledger: both, about: a, tables: {}}",
      })
  void mistakesAreSeen(String text) throws IOException {
    assertThat(validate("mapping.schema.json", text)).isNotEmpty();
  }

  private static Set<ValidationMessage> validate(String schema, String yaml) throws IOException {
    JsonSchema loaded =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(FILES.resolve(schema)));
    JsonNode node = JSON.valueToTree(new Yaml().<Object>load(yaml));
    return loaded.validate(node);
  }
}
