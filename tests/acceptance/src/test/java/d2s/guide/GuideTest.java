package d2s.guide;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.acceptance.server.MigrationProcess;
import d2s.testing.ProjectDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the pages say of files, commands, options and messages is so. */
class GuideTest {

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern CONTINUED_TEXT = Pattern.compile("\"\\)?\\s*\\+\\s*\"");

  @TempDir private Path directory;

  static List<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Page page) {
    for (String link : page.links()) {
      if (link.startsWith("https://")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path file =
          parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
      assertThat(file).as("link to %s in %s", link, page).exists();
      if (parts.length == 2) {
        assertThat(Page.read(file).anchors()).as("link to %s in %s", link, page).contains(parts[1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyProgramIsKnown(Page page) {
    for (Page.Block block : page.blocks()) {
      assertThat(block.language()).as("language of %s:%d", page, block.line()).isNotEqualTo("bash");
      if (block.isShell()) {
        assertThat(Commands.of(block)).as("%s:%d", page, block.line()).allMatch(Commands::isKnown);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void piecesOfConfigurationCanBeRead(Page page) {
    for (Page.Block block : page.blocks()) {
      if (block.language().equals("yaml")) {
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(block.text());
        assertThat(read).as("%s:%d", page, block.line()).isNotNull().isNotInstanceOf(String.class);
      }
    }
  }

  @Test
  void everyCommandAndOptionExists() throws Exception {
    Map<String, Set<String>> options = new HashMap<>();
    for (Page page : pages()) {
      for (String line : commandLines(page)) {
        String command = line.split("\\s+")[1];
        if (!options.containsKey(command)) {
          options.put(command, optionsOf(command));
        }
        assertThat(options.get(command))
            .as("options of %s, for %s in %s", command, line, page)
            .containsAll(optionsIn(line));
      }
    }
    Set<String> all = new TreeSet<>();
    options.values().forEach(all::addAll);
    for (Page page : pages()) {
      for (String span : page.spans()) {
        if (span.matches("--[a-z].*")) {
          assertThat(all)
              .as("options of d2s, for %s in %s", span, page)
              .containsAll(optionsIn(span));
        }
      }
    }
  }

  @Test
  void everyPlatformSaysForWhichReleaseItWasWrittenAndWhatWasTried() throws IOException {
    for (Page page : pages()) {
      if (page.file().getParent().endsWith("platforms")) {
        String text = Files.readString(page.file());
        assertThat(text).as(page.toString()).contains("\n## Written for\n");
        assertThat(text.substring(text.indexOf("## Written for")))
            .as(page.toString())
            .containsPattern("\\d")
            .contains("tried");
      }
    }
  }

  /** A heading that is a message is what the program says; an ellipsis stands for what differs. */
  @Test
  void troubleshootingKnowsRealMessages() throws IOException {
    String said = everythingThatTheProgramSays();
    List<String> messages =
        Page.guide("troubleshooting.md").headings().stream()
            .filter(heading -> heading.startsWith("`"))
            .map(heading -> heading.replace("`", ""))
            .toList();
    assertThat(messages).hasSizeGreaterThan(40);
    for (String message : messages) {
      for (String part : message.split("…")) {
        assertThat(said.contains(part.strip())).as("the program says: " + message).isTrue();
      }
    }
  }

  /** Calls of d2s, in blocks and in sentences. */
  private static List<String> commandLines(Page page) {
    List<String> lines = new ArrayList<>();
    page.blocks().stream().filter(Page.Block::isShell).flatMap(Commands::lines).forEach(lines::add);
    lines.addAll(page.spans());
    return lines.stream().filter(line -> line.matches("(\\./)?d2s [a-z-].*")).toList();
  }

  /** What its help says, which is made from the options themselves. */
  private Set<String> optionsOf(String command) throws IOException, InterruptedException {
    List<String> arguments =
        command.startsWith("-") ? List.of("--help") : List.of(command, "--help");
    MigrationProcess.Result help = MigrationProcess.run(directory.resolve("help.log"), arguments);
    assertThat(help.exitCode()).as("d2s " + command + " --help").isZero();
    return optionsIn(help.output());
  }

  private static Set<String> optionsIn(String text) {
    return OPTION.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static String everythingThatTheProgramSays() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String place :
        List.of("cli/src/main", "engine/src/main", "mappings/dendrite-to-synapse")) {
      try (Stream<Path> files = Files.walk(ProjectDirectory.root().resolve(place))) {
        for (Path file : files.filter(f -> f.toString().matches(".*\\.(java|yaml)")).toList()) {
          all.append(Files.readString(file)).append('\n');
        }
      }
    }
    all.append(Files.readString(ProjectDirectory.root().resolve("d2s")));
    return CONTINUED_TEXT.matcher(all).replaceAll("").replace("\\\"", "\"").replaceAll("\\s+", " ");
  }
}
