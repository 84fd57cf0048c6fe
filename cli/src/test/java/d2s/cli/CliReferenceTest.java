package d2s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import d2s.cli.framework.Context;
import d2s.cli.framework.Environment;
import d2s.cli.output.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** docs/reference/cli.md lists every command, and every option with exactly its commands. */
class CliReferenceTest {

  /** The program itself, without a command. */
  private static final String PROGRAM = "d2s";

  private static final Pattern COMMAND_ROW = Pattern.compile("\\| `([a-z -]+)` \\| [^|]+ \\|");

  private static final Pattern OPTION_ROW =
      Pattern.compile("\\| (`-[^|]+`) \\| ([a-z0-9, -]+) \\| [^|]+ \\|");

  private final Map<String, CommandLine> commands = new TreeMap<>();

  CliReferenceTest() {
    Context context =
        new Context(
            new Terminal(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                false,
                80),
            new Environment(Map.of(), "somebody", Path.of("/nonexistent"), List.of()));
    collect(Main.commandLine(context));
  }

  private void collect(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName(" ");
    commands.put(name.equals(PROGRAM) ? PROGRAM : name.substring(PROGRAM.length() + 1), command);
    command.getSubcommands().values().forEach(this::collect);
  }

  @Test
  void listsEveryCommand() throws IOException {
    Set<String> written = new TreeSet<>();
    for (String line : lines("", "## Options")) {
      Matcher row = COMMAND_ROW.matcher(line);
      if (row.matches()) {
        written.add(row.group(1));
      }
    }
    assertThat(written).isEqualTo(subcommands());
  }

  @Test
  void listsEveryOptionWithItsCommands() throws IOException {
    Map<String, Set<String>> written = new TreeMap<>();
    for (String line : lines("## Options", "## Connections")) {
      Matcher row = OPTION_ROW.matcher(line);
      if (row.matches()) {
        Set<String> of = written.computeIfAbsent(row.group(1), option -> new TreeSet<>());
        for (String command : row.group(2).split(", ")) {
          Set<String> meant = command.equals("all") ? subcommands() : Set.of(command);
          assertThat(of).as(line).doesNotContainAnyElementsOf(meant);
          of.addAll(meant);
        }
      } else {
        assertThat(line).as("a row of options that cannot be read").doesNotStartWith("| `");
      }
    }
    assertThat(written).isEqualTo(options());
  }

  @Test
  void namesEveryParameter() throws IOException {
    String reference = Files.readString(reference());
    for (CommandLine command : commands.values()) {
      for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
        assertThat(reference).contains("`" + parameter.paramLabel() + "`");
      }
    }
  }

  private Set<String> subcommands() {
    Set<String> names = new TreeSet<>(commands.keySet());
    names.remove(PROGRAM);
    return names;
  }

  /** Commands by option, the options as the document writes them. */
  private Map<String, Set<String>> options() {
    Map<String, Set<String>> options = new TreeMap<>();
    commands.forEach(
        (name, command) -> {
          for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
              options.computeIfAbsent(text(option), text -> new TreeSet<>()).add(name);
            }
          }
        });
    return options;
  }

  private static String text(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    if (option.arity().max() > 0) {
      names.replaceAll(name -> name + " " + option.paramLabel());
    }
    return "`" + String.join("`, `", names) + "`";
  }

  private static List<String> lines(String from, String to) throws IOException {
    List<String> all = Files.readAllLines(reference());
    return all.subList(from.isEmpty() ? 0 : all.indexOf(from), all.indexOf(to));
  }

  private static Path reference() {
    return Path.of("..", "docs", "reference", "cli.md");
  }
}
