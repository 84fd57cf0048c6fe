package d2s.cli.framework;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says what is wrong with a command line. Arguments are not repeated: with a missing quote, part of
 * a connection string becomes an argument of its own, and it may be the password.
 */
public final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("d2s: " + message(failure));
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE.number();
  }

  private static String message(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return Redaction.of(failure.getMessage());
    }
    String first = unmatched.getUnmatched().get(0);
    if (!first.startsWith("-")) {
      boolean command = failure.getCommandLine().getParent() == null;
      return command
          ? "the first argument is not a command; the commands are "
              + String.join(", ", failure.getCommandLine().getSubcommands().keySet())
          : "an argument belongs to no option; a connection string with spaces must be quoted as a"
              + " whole: --dendrite-db \"host=localhost dbname=dendrite\"";
    }
    List<String> suggestions = unmatched.getSuggestions();
    String option = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
    return "there is no option "
        + option
        + (suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?");
  }
}
