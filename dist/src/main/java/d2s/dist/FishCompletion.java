package d2s.dist;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for the shell fish. */
final class FishCompletion {

  private FishCompletion() {}

  static String of(CommandLine program) {
    List<String> lines = new ArrayList<>();
    lines.add("# Completions for " + program.getCommandName());
    add(program, lines);
    return String.join("\n", lines) + "\n";
  }

  private static void add(CommandLine command, List<String> lines) {
    CommandSpec spec = command.getCommandSpec();
    String program = spec.root().name();
    String condition = condition(command);
    command
        .getSubcommands()
        .forEach(
            (name, below) ->
                lines.add(
                    "complete -c %s -f -n %s -a %s -d %s"
                        .formatted(
                            program,
                            quote(condition),
                            name,
                            quote(first(below.getCommandSpec().usageMessage().description())))));
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        lines.add(line(program, condition, option));
      }
    }
    command.getSubcommands().values().forEach(below -> add(below, lines));
  }

  /** True where this command is the innermost on the line. */
  private static String condition(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    List<String> parts = new ArrayList<>();
    for (CommandSpec one = spec; one.parent() != null; one = one.parent()) {
      parts.add(0, "__fish_seen_subcommand_from " + one.name());
    }
    if (!command.getSubcommands().isEmpty()) {
      parts.add(
          "not __fish_seen_subcommand_from " + String.join(" ", command.getSubcommands().keySet()));
    }
    return String.join("; and ", parts);
  }

  private static String line(String program, String condition, OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .map(
                name ->
                    name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
            .collect(Collectors.joining(" "));
    String value = option.arity().max() == 0 ? "" : takesFile(option) ? " -r -F" : " -x";
    String choices =
        option.completionCandidates() == null
            ? ""
            : " -a "
                + quote(
                    Stream.of(option.completionCandidates())
                        .flatMap(all -> stream(all))
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" ")));
    return "complete -c %s -n %s %s%s%s -d %s"
        .formatted(
            program, quote(condition), names, value, choices, quote(first(option.description())));
  }

  private static Stream<String> stream(Iterable<String> all) {
    List<String> list = new ArrayList<>();
    all.forEach(list::add);
    return list.stream();
  }

  private static boolean takesFile(OptionSpec option) {
    return List.of("FILE", "DIR").contains(option.paramLabel());
  }

  private static String first(String... description) {
    return description.length == 0 ? "" : description[0].formatted();
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
