package d2s.cli.framework;

import d2s.cli.output.Printable;
import d2s.engine.yaml.Suggestion;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line. Arguments are not repeated: with a missing quote, part of
 * a connection string becomes an argument of its own, and it may be the password.
 */
public final class UsageErrors implements IParameterExceptionHandler {

  private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{1,15}");

  /** What text programs and web pages make of hyphens and of quotation marks. */
  private static final Pattern LONG_DASH = Pattern.compile("-?[\\x{2010}-\\x{2015}\\x{2212}].*");

  private static final Pattern CURVED_QUOTES =
      Pattern.compile("[\\x{2018}-\\x{201F}\\x{AB}\\x{BB}]");

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(Printable.of("d2s: " + message(failure)));
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE.number();
  }

  private static String message(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return Redaction.of(failure.getMessage());
    }
    String first = unmatched.getUnmatched().get(0);
    if (LONG_DASH.matcher(first).matches()) {
      return "an option begins with two plain hyphens, such as --help; a text program or a web page"
          + " has made a long dash of them. Type them anew";
    }
    if (unmatched.getUnmatched().stream().anyMatch(one -> CURVED_QUOTES.matcher(one).find())) {
      return "a quotation mark must be a plain one, \" or '; a text program or a web page has made a"
          + " curved one of it. Type it anew";
    }
    if (!first.startsWith("-")) {
      boolean command = !failure.getCommandLine().getSubcommands().isEmpty();
      return command ? noCommand(first, failure.getCommandLine()) : noOption(first);
    }
    List<String> suggestions = unmatched.getSuggestions();
    String option = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
    return "there is no option "
        + option
        + (suggestions.isEmpty()
            ? Suggestion.of(option, failure.getCommandLine().getCommandSpec().optionsMap().keySet())
            : "; did you mean " + String.join(" or ", suggestions) + "?");
  }

  /** A word that can be a command is no password, and can be repeated. */
  private static String noCommand(String word, CommandLine group) {
    Set<String> commands = group.getSubcommands().keySet();
    Set<String> meant = new LinkedHashSet<>(commands);
    meant.addAll(group.getCommandSpec().optionsMap().keySet());
    String suggestion = Suggestion.of(word, meant);
    return (WORD.matcher(word).matches()
            ? "there is no command \"" + word + "\"" + (suggestion.isEmpty() ? "." : suggestion)
            : "the first argument is not a command.")
        + " The commands are "
        + String.join(", ", commands);
  }

  private static String noOption(String argument) {
    String file = argument.endsWith(".yaml") ? "dendrite.yaml" : "";
    return file.isEmpty()
        ? "an argument belongs to no option; a connection string with spaces must be quoted as a"
            + " whole: --dendrite-db \"host=localhost dbname=dendrite\""
        : "a file must stand behind its option: --dendrite-config dendrite.yaml, --synapse-config"
            + " homeserver.yaml";
  }
}
