package d2s.cli.framework;

import ch.qos.logback.classic.Level;
import d2s.cli.output.Format;
import d2s.cli.output.ResultDocument;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.yaml.InvalidMappingsException;
import d2s.engine.yaml.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands have in common: output options, and how they end. */
public abstract class Command implements Callable<Integer> {

  private final Context context;

  @Mixin private OutputOptions outputOptions;
  @Spec private CommandSpec spec;

  public Command(Context context) {
    this.context = context;
  }

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

  /** Prints how this command is used, for one that does nothing by itself. */
  protected final ExitCode printUsage() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  /** The words behind {@code d2s} on the command line, e.g. {@code schema capture}. */
  private String name() {
    String program = spec.root().name() + " ";
    return spec.qualifiedName().substring(program.length());
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
      } catch (Exception | LinkageError | VirtualMachineError e) {
        exitCode = explain(e, console, document, interruption);
      }
      console.showNotes();
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
      console.logText(stackTrace(failure));
    }
    if (interruption.happened()) {
      return ExitCode.INTERRUPTED;
    }
    if (failure instanceof InvalidMappingsException invalid) {
      return explainProblems(invalid.problems(), console, document);
    }
    Failure known = Failure.of(failure);
    List<String> masked = known.reasons().stream().map(Redaction::of).toList();
    document.reasons(masked);
    if (failure instanceof PreconditionFailedException refused && !refused.checks().isEmpty()) {
      document.checks(refused.checks());
    }
    if (!known.headline().isEmpty()) {
      console.logHeadline(known.headline());
    }
    for (String reason : masked) {
      console.logText((known.headline().isEmpty() ? "d2s: " : "- ") + reason);
    }
    return known.exitCode();
  }

  /** Prints all problems of mapping files. */
  static ExitCode explainProblems(
      List<Problem> problems, Console console, ResultDocument document) {
    document.problems(problems);
    for (Problem problem : problems) {
      console.logText(problem.toString());
      console.log("");
    }
    List<String> files =
        problems.stream().map(problem -> problem.at().source().name()).distinct().toList();
    boolean yaml = files.stream().noneMatch(file -> file.endsWith(".java"));
    console.log(
        Format.count(problems.size(), "problem", "problems")
            + " in "
            + Format.count(
                files.size(), yaml ? "mapping file" : "file", yaml ? "mapping files" : "files")
            + ". Nothing was changed.");
    return ExitCode.PROBLEMS;
  }

  /** What to say if there is not even memory to begin. */
  public static String tooLittleMemory() {
    return Failure.TOO_LITTLE_MEMORY;
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
