package d2s.cli.framework;

import ch.qos.logback.classic.Level;
import d2s.cli.connection.ConnectionFailedException;
import d2s.cli.output.Format;
import d2s.cli.output.ResultDocument;
import d2s.cli.sandbox.SynapseUnavailableException;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;

/** What all commands have in common: output options, and how they end. */
public abstract class Command implements Callable<Integer> {

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final Context context;

  @Mixin private OutputOptions outputOptions;

  public Command(Context context) {
    this.context = context;
  }

  /** The name on the command line. */
  protected abstract String name();

  /**
   * Does the work.
   *
   * @param document takes what the command found out, for {@code --json}
   */
  protected abstract ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception;

  public final Context context() {
    return context;
  }

  @Override
  public final Integer call() {
    Console console =
        new Console(context.screen(), outputOptions.json, outputOptions.verbose.length);
    ResultDocument document = new ResultDocument(name());
    InterruptHandler interruption = new InterruptHandler(console);
    setLogLevel(console.verbosity());
    try {
      ExitCode exitCode;
      try {
        exitCode = execute(console, document, interruption);
      } catch (Exception | LinkageError | OutOfMemoryError e) {
        exitCode = explain(e, console, document, interruption);
      }
      if (console.json()) {
        context
            .screen()
            .out()
            .println(document.finish(exitCode.word(), exitCode.number(), console.notes()));
      }
      context.screen().out().flush();
      context.screen().err().flush();
      return exitCode.number();
    } finally {
      interruption.end();
    }
  }

  private ExitCode explain(
      Throwable failure, Console console, ResultDocument document, InterruptHandler interruption) {
    if (console.verbosity() > 1) {
      console.tell(stackTrace(failure));
    }
    if (interruption.happened()) {
      return ExitCode.INTERRUPTED;
    }
    if (failure instanceof InvalidMappingsException invalid) {
      return explainProblems(invalid.problems(), console, document);
    }
    if (failure instanceof CommandFailedException known) {
      return explain(known.exitCode(), "", known.reasons(), console, document);
    }
    if (failure instanceof ConnectionFailedException unreachable) {
      return explain(ExitCode.REFUSED, "", List.of(unreachable.getMessage()), console, document);
    }
    if (failure instanceof SynapseUnavailableException unavailable) {
      return explain(ExitCode.REFUSED, "", List.of(unavailable.getMessage()), console, document);
    }
    if (failure instanceof PreconditionFailedException refused) {
      return explain(
          ExitCode.REFUSED, "Refused; nothing was changed.", refused.reasons(), console, document);
    }
    if (failure instanceof MigrationFailedException failed) {
      return explain(
          ExitCode.FAILED,
          "Failed; everything was rolled back.",
          List.of(failed.getMessage()),
          console,
          document);
    }
    if (failure instanceof SQLException database) {
      return explain(
          ExitCode.FAILED,
          "Failed; everything was rolled back.",
          List.of(databaseReason(database)),
          console,
          document);
    }
    if (failure instanceof OutOfMemoryError) {
      return explain(
          ExitCode.FAILED,
          "Failed; everything was rolled back.",
          List.of("Java has too little memory. Give it more: D2S_JAVA_OPTIONS=-Xmx4g ./d2s ..."),
          console,
          document);
    }
    // The message of an unknown exception may hold data, so only its class is named.
    return explain(
        ExitCode.FAULT,
        "",
        List.of(
            "a fault in d2s itself ("
                + failure.getClass().getSimpleName()
                + "). Whatever was running was rolled back. Please report it, with what the same"
                + " command says with -v -v."),
        console,
        document);
  }

  private static ExitCode explain(
      ExitCode exitCode,
      String headline,
      List<String> reasons,
      Console console,
      ResultDocument document) {
    List<String> masked = reasons.stream().map(Redaction::of).toList();
    document.reasons(masked);
    if (!headline.isEmpty()) {
      console.tell(headline);
    }
    for (String reason : masked) {
      console.tell((headline.isEmpty() ? "d2s: " : "- ") + reason);
    }
    return exitCode;
  }

  /** The server's message without its details, which quote the values of rows. */
  private static String databaseReason(SQLException failure) {
    String message = failure.getMessage().lines().findFirst().orElse("");
    String hint =
        INSUFFICIENT_PRIVILEGE.equals(failure.getSQLState())
            ? ". Connect as the owner of the database, or grant this user what is missing"
            : "";
    return "a database failed: " + message + " (SQL state " + failure.getSQLState() + ")" + hint;
  }

  /** Prints all problems of mapping files. */
  static ExitCode explainProblems(
      List<Problem> problems, Console console, ResultDocument document) {
    document.problems(problems);
    for (Problem problem : problems) {
      console.tell(problem.toString());
      console.tell("");
    }
    long files = problems.stream().map(problem -> problem.at().source().name()).distinct().count();
    console.tell(
        Format.count(problems.size(), "problem", "problems")
            + " in "
            + Format.count(files, "mapping file", "mapping files")
            + ". Nothing was changed.");
    return ExitCode.PROBLEMS;
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return Redaction.of(text.toString());
  }

  private static void setLogLevel(int verbosity) {
    // Untouched logging is configured by LogConfiguration, when somebody logs.
    if (verbosity > 1
        && LoggerFactory.getLogger("d2s") instanceof ch.qos.logback.classic.Logger own) {
      own.setLevel(Level.DEBUG);
    }
  }
}
