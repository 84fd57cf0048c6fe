package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.engine.docs.MappingTable;
import d2s.engine.loader.MappingSetLoader;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The mapping table in TODO.md is the one that {@code d2s docs} prints. */
class MappingTableTest {

  private static final String BEGIN = "<!-- The mapping table: printed by ./d2s docs -->";
  private static final String END = "<!-- The end of the mapping table -->";

  @Test
  void todoHoldsTheMappingTable() throws IOException {
    List<String> todo = Files.readAllLines(Path.of("..", "TODO.md"));
    assertThat(todo).as("the two comments around the table").contains(BEGIN, END);
    List<String> written = todo.subList(todo.indexOf(BEGIN) + 1, todo.indexOf(END));

    List<String> table =
        new MappingTable(
                MappingSetLoader.loadResources("dendrite-to-synapse"),
                BundledCatalogs.newest("dendrite"),
                BundledCatalogs.newest("synapse"))
            .lines();

    assertThat(written)
        .filteredOn(line -> !line.isBlank())
        .isEqualTo(table.stream().filter(line -> !line.isBlank()).toList());
    assertThat(written).hasSizeGreaterThan(68 + 176);
  }
}
