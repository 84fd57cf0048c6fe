package d2s.engine.loader;

import d2s.engine.yaml.InvalidMappingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a mapping file, it is loaded or its problems are told. */
class HostileFilePropertyTest {

  private static final String SET =
      """
      set: shop
      description: A shop.
      source: { name: old, marker_table: a }
      target: { name: new, marker_table: b, version: select 1, supported: '>=1' }
      phases: { one: The only one. }
      """;

  @Property(tries = 300)
  void aFileIsLoadedOrItsProblemsAreTold(@ForAll("files") String text) throws IOException {
    Path directory = Files.createTempDirectory("hostile");
    try {
      Files.writeString(directory.resolve("set.yaml"), SET);
      Files.write(directory.resolve("one.yaml"), text.getBytes(StandardCharsets.UTF_8));
      MappingSetLoader.load(directory);
    } catch (InvalidMappingsException e) {
      // Told; that is all that is wanted.
      return;
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Provide
  Arbitrary<String> files() {
    List<String> pieces =
        List.of(
            "mapping: m\n",
            "phase: one\n",
            "from: ",
            "{ table: a }\n",
            "to:\n",
            "  t:\n",
            "    c: x\n",
            "skip:\n",
            "  - when: ",
            "'",
            "\"",
            "[",
            "]",
            "{",
            "}",
            ": ",
            "- ",
            "&a ",
            "*a",
            "!!java ",
            "|\n",
            ">-\n",
            "\t",
            "#",
            "\u0000",
            "\ud800",
            "on_error: any\n",
            "repeats: [",
            "null",
            "~",
            "1e999",
            "\n\n");
    Arbitrary<String> mixed =
        Arbitraries.of(pieces).list().ofMaxSize(25).map(parts -> String.join("", parts));
    return Arbitraries.oneOf(mixed, Arbitraries.strings().ofMaxLength(200));
  }
}
