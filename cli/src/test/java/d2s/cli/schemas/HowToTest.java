package d2s.cli.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import d2s.cli.CommandLineRun;
import d2s.cli.Main;
import d2s.matrix.catalog.BundledCatalogs;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CONTRIBUTING.md and the pages of docs/howto tell a contributor to type and to write. */
class HowToTest {

  private static final Path ROOT = ProjectDirectory.root();
  private static final Path FILES = ROOT.resolve("mappings").resolve("dendrite-to-synapse");
  private static final Path CATALOGS = ROOT.resolve("mappings/src/main/resources/catalogs");

  /** A command on a line of its own, or within a sentence. */
  private static final Pattern COMMAND =
      Pattern.compile("(?:^ {4}|`)\\./d2s ([^`\\n#|]+)", Pattern.MULTILINE);

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir private Path directory;

  @Test
  void everyCommandIsOneOfTheProgram() throws IOException {
    List<List<String>> commands = commands();

    assertThat(commands).hasSizeGreaterThan(15);
    for (List<String> command : commands) {
      assertThatCode(() -> Main.commandLine().parseArgs(command.toArray(String[]::new)))
          .as("./d2s %s", command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void theCommandsThatNeedNoDatabaseRun() throws IOException {
    List<List<String>> run =
        commands().stream()
            .filter(command -> List.of("new", "docs", "schema").contains(command.get(0)))
            .filter(command -> !command.contains("capture"))
            .distinct()
            .toList();

    assertThat(run).hasSizeGreaterThanOrEqualTo(4);
    for (List<String> command : run) {
      CommandLineRun result =
          CommandLineRun.of(command.stream().map(this::place).toArray(String[]::new));
      assertThat(result.exitCode()).as("./d2s %s: %s", command, result.err()).isZero();
    }
  }

  @Test
  void theMappingThatIsAddedIsRight() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/howto/add-a-table.md"));
    String mapping = block(page, "    # yaml-language-server:");
    String examples = block(page, "    examples:");
    MappingFileCopies.copy(FILES, directory);
    Files.writeString(directory.resolve("1-accounts/profiles.yaml"), mapping + examples);

    CommandLineRun run =
        CommandLineRun.of(
            "check",
            "--mappings",
            directory.toString(),
            "--synapse-catalog",
            BundledCatalogs.newest("synapse").name(),
            "--examples=profiles");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("1 example comes out as the files say.");
  }

  private static List<List<String>> commands() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("CONTRIBUTING.md")));
    try (Stream<Path> howTos = Files.list(ROOT.resolve("docs/howto"))) {
      howTos.sorted().forEach(pages::add);
    }
    List<List<String>> commands = new ArrayList<>();
    for (Path page : pages) {
      Matcher command = COMMAND.matcher(Files.readString(page));
      while (command.find()) {
        commands.add(words(command.group(1)));
      }
    }
    return commands;
  }

  private static List<String> words(String command) {
    return WORD.matcher(command)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .filter(word -> !word.equals("..."))
        .toList();
  }

  /** The pages speak of files in the working directory. */
  private String place(String word) {
    return word.endsWith(".yaml")
        ? CATALOGS.resolve(word).toString()
        : word.equals("target/site") || word.equals("DIR")
            ? directory.resolve("site").toString()
            : word;
  }

  /** The lines of a block of a page without its indentation. */
  private static String block(String page, String first) {
    assertThat(page).contains("\n" + first);
    return page.substring(page.indexOf("\n" + first) + 1)
        .lines()
        .takeWhile(line -> line.startsWith("    ") || line.isBlank())
        .map(line -> line.replaceFirst("^ {4}", ""))
        .reduce("", (text, line) -> text + line + "\n");
  }
}
