package d2s.matrix.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import d2s.engine.loader.MappingSetLoader;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The JSON Schemas with which an editor completes and checks mapping files. */
class JsonSchemaTest {

  private static final Path FILES = Path.of("dendrite-to-synapse");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  static List<Path> mappingFiles() throws IOException {
    try (Stream<Path> files = Files.walk(FILES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.equals(FILES.resolve("set.yaml")))
          .filter(file -> !file.equals(FILES.resolve("layouts.yaml")))
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

  @Test
  void theLayoutsAreValidAndPointAtTheSchema() throws IOException {
    String text = Files.readString(FILES.resolve("layouts.yaml"));

    assertThat(validate("layouts.schema.json", text)).isEmpty();
    assertThat(text).startsWith("# yaml-language-server: $schema=layouts.schema.json\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // What must be there
        "{mapping: m, phase: p, to: {}}",
        "{mapping: m, phase: p, description: a}",
        "{phase: p, description: a, to: {}}",
        "{mapping: m, phase: p, description: a, skip: {when: x, reason: r}}",
        "{mapping: m, phase: p, description: a, skip: {item: x, reason: r}}",
        "{mapping: m, phase: p, description: a, to: {}, lookups: {l: {key: k}}}",
        "{mapping: m, phase: p, description: a, derive: {t: {c: x}}}",
        "{mapping: m, phase: p, description: a, files: {media: {to: x}}}",
        "{mapping: m, phase: p, description: a, counts: {c: {source: x}}}",
        "{mapping: m, phase: p, description: a, to: {t: {c: {synapse: '>1'}}}}",
        "{mapping: m, phase: p, description: a, expect: {}, examples: [{description: a, source: {}}]}",
        "{mapping: m, phase: p, description: a, expect: {}, examples: [{target: {}}]}",
        "{mapping: m, phase: p, description: a, expect: {}, examples: [{description: a, skipped: [{reason: r}]}]}",
        // Keys that are not there, or not here
        "{mapping: m, phase: p, description: a, form: {table: t}, to: {}}",
        "{mapping: m, phase: p, description: a, from: {tabel: t}, to: {}}",
        "{mapping: m, phase: p, description: a, from: {table: t, sql: s}, to: {}}",
        "{mapping: m, phase: p, description: a, from: {sql: s, where: w}, to: {}}",
        "{mapping: m, phase: p, description: a, from: {target: s, optional: true}, to: {}}",
        "{mapping: m, phase: p, description: a, from: {table: t, group_by: c}, to: {}}",
        "{mapping: m, phase: p, description: a, hook: H, from: {r: {sql: s, group_by: c}}, to: {}}",
        "{mapping: m, phase: p, description: a, hook: H, from: {r: {table: s, optional: true}}, to: {}}",
        "{mapping: m, phase: p, description: a, hook: H, let: {x: y}, to: {}}",
        "{mapping: m, phase: p, description: a, hook: H, skip: {when: x, item: y, reason: z}, to: {}}",
        "{mapping: m, phase: p, description: a, hook: H, label: k, to: {}}",
        "{mapping: m, phase: p, description: a, skip: {when: x, on_error: y, item: x, reason: r}}",
        "{mapping: m, phase: p, description: a, to: {}, lookups: {l: {sql: s, target: t, key: k}}}",
        "{mapping: m, phase: p, description: a, to: {}, lookups: {l: {skipped: n, key: k}}}",
        "{mapping: m, phase: p, description: a, expect: {e: {source: x, target: y}}}",
        "{mapping: m, phase: p, description: a, sequences: {s: {value: x, when: y}}}",
        "{mapping: m, phase: p, description: a, files: {media: {from: x, synapse: '>1'}}}",
        "{ledger: source, description: a, tables: {t: {c: {why: r}}}}",
        "{mapping: m, phase: p, description: a, expect: {}, examples: [{description: a, targets: {}}]}",
        "{mapping: m, phase: p, description: a, expect: {}, examples: [{description: a, target: {}, expect: {}}]}",
        "{ledger: target, description: a, tables: {t: {synapse: '>1'}}}",
        "{ledger: target, description: a, tables: {t: {reason: r, synapse: '>1', c: why}}}",
        "{mapping: m, phase: p, description: a, from: {table: t}, to: {t: {c: [{synapse: '>1'}]}}}",
        // Shapes
        "{mapping: m, phase: p, description: a, expect: {}, examples: [{description: a, target: {t: x}}]}",
        "{mapping: m, phase: p, description: a, expect: {}, examples: [{description: a, target: {t: -1}}]}",
        "{mapping: m, phase: p, description: a, expect: {}, examples: [{description: a, source: {t: 1}, target: {}}]}",
        "{mapping: m, phase: p, description: a, to: {t: {for_each: wrong, c: x}}}",
        "{mapping: m, phase: p, description: a, to: {t: {c: [x]}}}",
        "{mapping: m, phase: p, description: a, to: {t: x}}",
        "{mapping: m, phase: p, description: a, to: {}, let: {not a name: x}}",
        "{mapping: m, phase: p, description: a, to: {}, lookups: {l-1: {sql: s, key: k}}}",
        "{mapping: m, phase: p, description: a, update: {t: [x]}}",
        "{mapping: m, phase: p, description: a, to: {t: {c: {value: x, synapse: '92'}}}}",
        "{mapping: m, phase: p, description: a, to: {}, synapse: newest}",
        "{mapping: m, phase: p, description: a, to: {}, depends_on: [[x]]}",
        "{mapping: m, phase: p, description: a, from: {table: t}, to: {t: {each: x in y, c: x}}}",
        "{mapping: m, phase: p, description: a, hook: H, from: {by: c, r: {sql: s}}, to: {}}",
        "{mapping: m, phase: p, description: a, from: {table: t}, key: k, to: {}}",
        "{mapping: m, phase: p, about: a, to: {}}",
        "{ledger: both, description: a, tables: {}}",
        "{ledger: source, description: a, tables: {t: [x]}}",
      })
  void mistakesAreSeenByTheSchemaAndByTheProgram(String text) throws IOException {
    assertThat(validate("mapping.schema.json", text)).isNotEmpty();
    assertThat(problems(SET, text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{mapping: m, phase: p, description: a, from: {table: t, where: w, optional: true}, to: {}}",
        "{mapping: m, phase: p, description: a, from: {sql: s}, label: k, to: {t: {for_each: x in y, c: 1}}}",
        "{mapping: m, phase: p, description: a, from: {target: s}, label: [k], to: {t: [{c: null}, {c: x}]}}",
        "{mapping: m, phase: p, description: a, lookups: {l: {table: t, where: w, key: [a, b], value: c}},"
            + " from: {table: t}, to: {t: {when: x, c: {value: true, synapse: '>=1 <9'}}}}",
        "{mapping: m, phase: p, description: a, lookups: {l: {skipped: n}}, from: {table: t}, to: {}}",
        "{mapping: m, phase: p, description: a, from: {table: t}, skip: [{on_error: x, item: y, reason: z}]}",
        "{mapping: m, phase: p, description: a, from: {table: t}, let: {x: 1.5, y: null, z: 'x'}, to: {}}",
        "{mapping: m, phase: p, description: a, hook: H, from: {group_by: c, r: {sql: s}, q: {target: t}},"
            + " to: {t: {rows: r, c: x}}, files: {media: [{rows: r, from: x, sha256: y}]}}",
        "{mapping: m, phase: p, description: a, synapse: '>1', derive: {t: [{from: f, c: x, d: null}]}}",
        "{mapping: m, phase: p, description: a, update: {t: {where: w, c: 1, d: {value: x, synapse: '=1'}}}}",
        "{mapping: m, phase: p, description: a, sequences: {s: 5, q: {value: x}}, depends_on: n}",
        "{mapping: m, phase: p, description: a, expect: {e: x, f: {source: y}}}",
        "{mapping: m, phase: p, description: a, counts: {c: {source: x, target: y}}}",
        "{mapping: m, phase: p, description: a, files: {media: {when: w, from: x, to: y, size: z}}}",
        "{mapping: m, phase: p, description: a, expect: {}, examples: {description: a, synapse: '>1', with: [],"
            + " source: {t: [{a: 1, b: null, c: [x], d: {e: 1.5}}]}, given: {t: {a: x}},"
            + " target: {t: 2, u: []}, skipped: {item: x, reason: y}, files: {media: [{from: x}]},"
            + " sequences: {s: 5}}}",
        "{ledger: target, description: a, tables: {t: why, u: {c: why, d: {reason: why, synapse: '>1'}}}}",
        "{ledger: target, description: a, tables: {t: {reason: why, synapse: '>1'}, u: {reason: why}}}",
        "{mapping: m, phase: p, description: a, from: {table: t}, to: {t: {c: [{value: x, synapse: '<3'},"
            + " {value: y, synapse: '>=3'}]}}}",
      })
  void whatTheProgramTakesTheSchemaTakesToo(String text) throws IOException {
    assertThat(
            problems(
                SET,
                text.replace("depends_on: n", "depends_on: []")
                    .replace("{skipped: n}", "{sql: s, key: k}")))
        .isEmpty();
    assertThat(validate("mapping.schema.json", text)).isEmpty();
  }

  /** The program says so when it looks for the columns. */
  @ParameterizedTest
  @ValueSource(strings = {"to: {t: {c: x}}", "skip: {when: x, item: y, reason: z}", "let: {x: y}"})
  void theSchemaSeesWhatNeedsRowsAndHasNone(String key) throws IOException {
    String head = "{mapping: m, phase: p, description: a, expect: {e: x}, ";

    assertThat(validate("mapping.schema.json", head + key + "}")).isNotEmpty();
    assertThat(validate("mapping.schema.json", head + "from: {table: t}, " + key + "}")).isEmpty();
  }

  private static final String SET =
      """
      set: s
      source: {name: dendrite, marker_table: m}
      target: {name: synapse, marker_table: m, version: v}
      phases: {p: x}
      stores: {media: {description: a}}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sets: s",
        "facts: {not a name: {description: a}}",
        "facts: {f: {source: x}}",
        "facts: {f: {description: a, source: x, target: y}}",
        "views: {v: {source: x, target: y}}",
        "views: {v: {sql: x}}",
        "views: {v-1: {source: x}}",
        "preconditions: {source: x}",
        "preconditions: [{message: m}]",
        "preconditions: [{source: x, target: y, message: m}]",
        "preconditions: [{source: x, message: m, applies_to: perhaps}]",
        "preconditions: [{source: x, message: m, applies_to: [load, perhaps]}]",
        "phases: [p]",
        "stores: {s: {ignore: x}}",
        "facts: {f: {description: a, exampel: 1}}",
        "stores: {s: {description: a, path: x}}",
        "source: {name: n}",
        "source: {name: n, marker_table: m, supported: '>1'}",
        "target: {name: synapse, marker_table: m, version: v, supported: '88-94'}",
        "target: {name: n, marker_table: m}",
      })
  void mistakesInTheSetAreSeenByTheSchemaAndByTheProgram(String line) throws IOException {
    String key = line.substring(0, line.indexOf(':'));
    String set = SET.replaceAll("(?m)^" + key + ":.*\\n", "") + line + "\n";

    assertThat(validate("set.schema.json", SET)).isEmpty();
    assertThat(validate("set.schema.json", set)).isNotEmpty();
    assertThat(problems(set, null)).isNotEmpty();
  }

  /** What the program has to say; that the tables are not there is not asked. */
  private List<Problem> problems(String set, String mapping) throws IOException {
    Files.writeString(directory.resolve("set.yaml"), set);
    if (mapping != null) {
      Files.writeString(directory.resolve("m.yaml"), mapping);
    }
    try {
      MappingSetLoader.load(directory);
      return List.of();
    } catch (InvalidMappingsException e) {
      return e.problems();
    }
  }

  /** An editor shows it while the author types. */
  @ParameterizedTest
  @ValueSource(strings = {"mapping.schema.json", "set.schema.json", "layouts.schema.json"})
  void everyKeyHasADescription(String schema) throws IOException {
    JsonNode root = JSON.readTree(FILES.resolve(schema).toFile());
    Set<String> silent = new TreeSet<>();
    collectSilentKeys(root, root, silent);

    assertThat(silent).isEmpty();
  }

  private static void collectSilentKeys(JsonNode root, JsonNode node, Set<String> silent) {
    for (Map.Entry<String, JsonNode> key : node.path("properties").properties()) {
      if (!key.getValue().isBoolean() && !isDescribed(root, key.getValue())) {
        silent.add(key.getKey());
      }
    }
    for (Map.Entry<String, JsonNode> part : node.properties()) {
      // Conditions only narrow keys that are described where they are listed.
      if (!Set.of("then", "else").contains(part.getKey())) {
        collectSilentKeys(root, part.getValue(), silent);
      }
    }
    if (node.isArray()) {
      node.forEach(element -> collectSilentKeys(root, element, silent));
    }
  }

  private static boolean isDescribed(JsonNode root, JsonNode key) {
    if (key.has("description")) {
      return true;
    }
    String reference = key.path("$ref").asText();
    return !reference.isEmpty() && isDescribed(root, root.at(reference.substring(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mapping.schema.json", "set.schema.json"})
  void everyKeyIsExplainedInTheReferenceAndHasAnExample(String schema) throws IOException {
    String reference = Files.readString(Path.of("..", "docs", "reference", "mapping-language.md"));
    Set<String> keys = new TreeSet<>();
    collectKeys(JSON.readTree(FILES.resolve(schema).toFile()), keys);

    assertThat(keys).hasSizeGreaterThan(10);
    assertThat(keys).allSatisfy(key -> assertThat(reference).contains("`" + key + "`"));
    String examples = String.join("\n", examples(reference));
    assertThat(keys).allSatisfy(key -> assertThat(examples).containsPattern("\\b" + key + ":"));
  }

  /** The indented parts that begin with a key. */
  private static List<String> examples(String reference) {
    return Pattern.compile("(?m)(?:^ {4}.*\\n)(?:^(?: {4}.*)?\\n)*")
        .matcher(reference)
        .results()
        .map(match -> match.group().replaceAll("(?m)^ {4}", ""))
        .filter(example -> example.matches("(?s)\\w+:\\s.*"))
        .toList();
  }

  /** Those without a name get one. */
  @Test
  void everyExampleInTheReferenceIsRead() throws IOException {
    List<String> examples =
        examples(Files.readString(Path.of("..", "docs", "reference", "mapping-language.md")));
    String set = examples.get(0);

    assertThat(examples).hasSizeGreaterThan(8);
    assertThat(validate("set.schema.json", set)).isEmpty();
    for (String example : examples.subList(1, examples.size())) {
      boolean whole = example.startsWith("mapping:") || example.startsWith("ledger:");
      String head = "mapping: m\nphase: accounts\ndescription: a\n";
      String purpose = example.matches("(?s)(from|lookups|examples):.*") ? "expect: {}\n" : "";
      String rows = example.matches("(?s)(to|skip|let):.*") ? "from: { table: t }\n" : "";
      String text = whole ? example : head + rows + example + purpose;

      // Other mappings are not part of an example.
      String alone =
          text.replace("{ skipped: events }", "{ sql: s, key: k }")
              .replaceAll("(depends_on|with): \\[.*]", "$1: []");
      assertThat(problems(set, alone)).as(example).isEmpty();
      assertThat(validate("mapping.schema.json", text)).as(example).isEmpty();
    }
  }

  private static void collectKeys(JsonNode schema, Set<String> keys) {
    if (schema.has("properties") && schema.get("properties").isObject()) {
      schema.get("properties").fieldNames().forEachRemaining(keys::add);
    }
    schema.forEach(inner -> collectKeys(inner, keys));
  }

  private static Set<ValidationMessage> validate(String schema, String yaml) throws IOException {
    JsonSchema loaded =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Files.readString(FILES.resolve(schema)));
    JsonNode node = JSON.valueToTree(new Yaml().<Object>load(yaml));
    return loaded.validate(node);
  }
}
