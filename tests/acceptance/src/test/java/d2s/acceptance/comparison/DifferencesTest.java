package d2s.acceptance.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/reference/differences.md lists every difference that the comparison accepts. */
class DifferencesTest {

  @Test
  void theDocumentationListsEveryRule() throws IOException {
    List<String> written =
        Files.readAllLines(ProjectDirectory.root().resolve("docs/reference/differences.md"))
            .stream()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| difference "))
            .toList();

    assertThat(written)
        .isEqualTo(Stream.of(ToleratedDifference.values()).map(DifferencesTest::row).toList());
  }

  private static String row(ToleratedDifference rule) {
    return "| "
        + rule.name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " | "
        + rule.reason().replace("|", "\\|")
        + " | "
        + rule.kinds().stream().sorted().collect(Collectors.joining(", "))
        + " |";
  }
}
