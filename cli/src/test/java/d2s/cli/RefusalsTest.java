package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A refusal is always one of a check, by its id, and each is in the list that an admin reads. That
 * a check makes them all is tested by {@code CheckCommandIT}.
 */
class RefusalsTest {

  private static final Pattern REFUSAL =
      Pattern.compile("new PreconditionFailedException\\(\\s*([^,;]+),");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|");

  /** What only {@code verify} refuses, by the files in which it does. */
  private static final String VERIFY = "Verifier.java";

  @Test
  void everyRefusalIsADocumentedCheck() throws IOException {
    Path root = ProjectDirectory.root();
    Set<String> documented = new TreeSet<>();
    Matcher row = ROW.matcher(Files.readString(root.resolve("docs/reference/checks.md")));
    while (row.find()) {
      documented.add(row.group(1));
    }
    Set<String> refused = new TreeSet<>();
    for (Path module :
        List.of(root.resolve("engine"), root.resolve("cli"), root.resolve("mappings"))) {
      try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          if (!file.endsWith(VERIFY) && !file.endsWith("PreconditionFailedException.java")) {
            refused.addAll(ids(Files.readString(file)));
          }
        }
      }
    }

    assertThat(refused).contains("staging", "facts").isSubsetOf(documented);
  }

  private static Set<String> ids(String source) {
    Set<String> ids = new TreeSet<>();
    Matcher refusal = REFUSAL.matcher(source);
    while (refusal.find()) {
      switch (refusal.group(1)) {
        case "side == Side.SOURCE ? \"source-database\" : \"target-database\"" ->
            ids.addAll(List.of("source-database", "target-database"));
        case "name + FOLDERS" -> ids.add("media-folders");
        default -> {
          assertThat(refusal.group(1)).matches("\"[a-z-]+\"");
          ids.add(refusal.group(1).replace("\"", ""));
        }
      }
    }
    return ids;
  }
}
