package d2s.engine.loader;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.shop.MappingFiles;
import d2s.engine.yaml.FormerKey;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of earlier mapping files: each is a problem, and the only one, that names its successor. */
class FormerKeyTest {

  private static final String SET =
      """
      set: kiosk-to-shop
      description: Moves a kiosk into a shop.
      source: { name: kiosk, marker_table: drawers }
      target: { name: shop, marker_table: shelves, version: select 1 }
      phases: { goods: All goods. }
      stores: { pictures: { description: Pictures. } }
      facts: { owner: { description: Who owns it. } }
      preconditions: { source: select 1, message: No. }
      """;

  private static final String MAPPING =
      """
      mapping: m
      phase: goods
      description: All goods.
      from: { table: goods }
      label: [id]
      lookups: { prices: { table: prices, key: id } }
      let: { parts: json(text) }
      skip:
        - { on_error: parts, item: id, reason: The parts cannot be read. }
      to:
        shelves: { for_each: part in parts, id: part }
      depends_on: [n]
      """;

  private static final String HOOK =
      """
      mapping: n
      phase: goods
      description: Sums.
      hook: Sums
      from:
        group_by: day
        sales: { table: sales }
      to:
        sums: { rows: sum, day: day }
      """;

  private static final String LEDGER =
      "ledger: source\ndescription: What stays behind.\ntables: { tills: empty }\n";

  @TempDir private Path directory;

  static Stream<Arguments> formerKeys() {
    return Stream.of(
        former("m.yaml", "description: All", "‸about: All", "about", "description:"),
        former("m.yaml", "label:", "‸key:", "key", "label:"),
        former("m.yaml", "depends_on:", "‸after:", "after", "depends_on:"),
        former("m.yaml", "for_each:", "‸each:", "each", "for_each:"),
        former("m.yaml", "item:", "‸what:", "what", "item:"),
        former("m.yaml", "on_error:", "‸failed:", "failed", "on_error:"),
        former("n.yaml", "group_by:", "‸by:", "by", "group_by:"),
        former("l.yaml", "description:", "‸about:", "about", "description:"),
        former("set.yaml", "description: Moves", "‸about: Moves", "about", "description:"),
        former("set.yaml", "description: Pictures", "‸about: Pic", "about", "description:"),
        former("set.yaml", "description: Who", "‸about: Who", "about", "description:"),
        former("set.yaml", "preconditions:", "‸requires:", "requires", "preconditions:"),
        former("set.yaml", "marker_table: drawers", "‸marker: d", "marker", "marker_table:"),
        former("set.yaml", "marker_table: shelves", "‸marker: s", "marker", "marker_table:"),
        former("set.yaml", "message:", "‸loading: true, message:", "loading", "applies_to: [load]"),
        former(
            "set.yaml",
            "message:",
            "‸files: true, message:",
            "files",
            "applies_to: [load, check, files]"));
  }

  private static Arguments former(
      String file, String now, String before, String key, String instead) {
    return Arguments.of(file, now, before, key, instead);
  }

  @ParameterizedTest
  @MethodSource("formerKeys")
  void isReportedAtItsPlaceWithWhatToWriteInstead(
      String file, String now, String before, String key, String instead) {
    MappingFiles files = files().replace(file, now, before);

    assertThat(files.problems())
        .extracting(problem -> problem.at() + " " + problem.message())
        .containsExactly(
            files.marks().get(0) + " the key " + key + " has a new name; write " + instead);
  }

  @Test
  void theSameFilesWithPresentKeysAreRead() {
    assertThat(files().problems()).isEmpty();
  }

  @Test
  void whereAKeyStillMeansWhatItMeantItIsRead() {
    assertThat(FormerKey.of("key", Set.of("key", "value"))).isEmpty();
    assertThat(FormerKey.of("key", Set.of("from", "label"))).isPresent();
  }

  @Test
  void aColumnMayHaveTheNameOfAFormerKeyOfAnotherPlace() {
    MappingFiles files =
        files().replace("n.yaml", "day: day }", "what: day, about: day, by: day }");

    assertThat(files.problems()).isEmpty();
  }

  private MappingFiles files() {
    return new MappingFiles(directory)
        .with("set.yaml", SET)
        .with("m.yaml", MAPPING)
        .with("n.yaml", HOOK)
        .with("l.yaml", LEDGER);
  }
}
