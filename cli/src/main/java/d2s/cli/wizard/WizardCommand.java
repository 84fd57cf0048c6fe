package d2s.cli.wizard;

import d2s.cli.configuration.DendriteConfiguration;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.connection.ConnectionParameter;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionStringException;
import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.output.ResultDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** {@code d2s wizard}. */
@CommandLine.Command(
    name = "wizard",
    description = {
      "Go through a migration step by step, with a question before each.",
      "",
      "It finds Dendrite's configuration, proposes one command after another, and runs those that"
          + " you agree to. It does nothing that the commands do not do. What you have to do yourself"
          + " it shows. You can stop at any question and go on later.",
      ""
    },
    footer = {"", "Examples:", "  d2s wizard", "  d2s wizard --state /var/tmp/migration.state"})
public final class WizardCommand extends Command {

  /** Where packages, the playbook and containers keep it; below the root of the file system. */
  private static final List<String> USUAL_PLACES =
      List.of(
          "etc/dendrite/dendrite.yaml",
          "etc/matrix-dendrite/dendrite.yaml",
          "matrix/dendrite/config/dendrite.yaml",
          "run/dendrite/dendrite.yaml",
          "var/lib/dendrite/dendrite.yaml",
          "var/www/dendrite/dendrite.yaml",
          "opt/yunohost/dendrite/dendrite.yaml",
          "opt/dendrite/dendrite.yaml");

  private final BufferedReader input;
  private final Path root;
  private final ToIntFunction<String[]> runner;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = {
        "Where answers and finished steps are kept, to go on after an interruption.",
        "Default: d2s-wizard.state in this directory."
      })
  private Path state = Path.of("d2s-wizard.state");

  /**
   * @param input where the answers come from
   * @param root of the file system
   * @param runner runs a command of d2s with its arguments, and returns its exit code
   */
  public WizardCommand(
      Context context, BufferedReader input, Path root, ToIntFunction<String[]> runner) {
    super(context);
    this.input = input;
    this.root = root;
    this.runner = runner;
  }

  /** A person wants to stop. */
  private static final class StoppedException extends Exception {}

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption)
      throws CommandFailedException {
    if (console.json()) {
      throw new CommandFailedException(ExitCode.USAGE, "the wizard asks, so it has no --json");
    }
    try {
      Answers answers = Answers.read(state);
      begin(answers, console);
      for (Question question : Question.values()) {
        if (answers.get(question).isEmpty()) {
          answers.put(question, ask(question, answers, console));
        }
      }
      List<Step> steps = Evening.steps(answers, context().surroundings().variables());
      for (Step step : steps) {
        if (!answers.isDone(step.name())) {
          take(step, steps.indexOf(step) + 1, steps.size(), answers, console);
        }
      }
      console.print("");
      console.print("That was the last step. docs/guide/after-the-switch.md says what comes then.");
      return ExitCode.DONE;
    } catch (StoppedException e) {
      console.print("");
      console.print("Stopped. \"d2s wizard\" goes on here; " + state + " remembers.");
      return ExitCode.DONE;
    } catch (InvalidConfigurationException | InvalidConnectionStringException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          "--state: " + state + " cannot be read or written; may this user write in its folder?");
    }
  }

  private void begin(Answers answers, Console console) throws IOException, StoppedException {
    if (answers.isNew()) {
      console.print("From Dendrite to Synapse, step by step. Nothing happens before you say yes.");
      console.print("Some steps are yours: type the commands that it shows in a second terminal.");
      console.print("In tmux, Ctrl-b c opens one, and Ctrl-b n goes from one to the other.");
      return;
    }
    console.print("You were here before (" + answers.file() + ").");
    if (choose("Go on where you stopped? yes, new, quit", "ynq", console) == 'n') {
      answers.forget();
    }
  }

  private String ask(Question question, Answers answers, Console console)
      throws IOException, StoppedException {
    String proposal = proposal(question, answers);
    while (true) {
      console.print("");
      console.print(question.text());
      String answer = read(proposal.isEmpty() ? "> " : "[" + proposal + "] > ", console);
      String given = answer.isEmpty() ? proposal : answer;
      Optional<String> wrong = wrong(question, given);
      if (wrong.isEmpty()) {
        return given;
      }
      console.print(wrong.get());
    }
  }

  private String proposal(Question question, Answers answers) {
    return switch (question) {
      case DENDRITE_CONFIG ->
          USUAL_PLACES.stream()
              .map(root::resolve)
              .filter(Files::isReadable)
              .findFirst()
              .map(Path::toString)
              .orElse("");
      case SYNAPSE_FOLDER -> root.resolve("etc/matrix-synapse").toString();
      case DENDRITE_MEDIA ->
          dendriteMedia(answers).orElse(root.resolve("var/lib/dendrite/media").toString());
      case ADDRESS -> "http://localhost:8008";
      case SYNAPSE_DATABASE -> "host=localhost port=5432 dbname=synapse user=synapse";
      case SYNAPSE_MEDIA -> root.resolve("var/lib/matrix-synapse/media").toString();
    };
  }

  private Optional<String> dendriteMedia(Answers answers) {
    try {
      return DendriteConfiguration.read(
              Path.of(answers.get(Question.DENDRITE_CONFIG).orElseThrow()),
              context().surroundings().variables())
          .server()
          .media()
          .filter(folder -> Path.of(folder).isAbsolute());
    } catch (InvalidConfigurationException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> wrong(Question question, String answer) {
    if (answer.isEmpty()) {
      return Optional.of("Please write it, or q to stop.");
    }
    if (question == Question.DENDRITE_CONFIG && !Files.isReadable(Path.of(answer))) {
      return Optional.of("There is no file " + answer + " that this user can read.");
    }
    if (question == Question.SYNAPSE_FOLDER && !Files.isDirectory(Path.of(answer))) {
      return Optional.of("There is no folder " + answer + ". Make it, or write another.");
    }
    if (question == Question.SYNAPSE_DATABASE) {
      try {
        if (ConnectionString.parse(answer).containsKey(ConnectionParameter.PASSWORD)) {
          return Optional.of("Without the password, please: you will write it to homeserver.yaml.");
        }
      } catch (InvalidConnectionStringException e) {
        return Optional.of("That is no connection: " + e.getMessage() + ".");
      }
    }
    return Optional.empty();
  }

  private void take(Step step, int number, int of, Answers answers, Console console)
      throws IOException, StoppedException {
    console.print("");
    console.print(
        "Step " + number + " of " + of + " (guide, " + step.guide() + "). " + step.text());
    step.lines().forEach(console::printCommand);
    if (step.isByHand()) {
      if (choose("Is that done? yes, skip, quit", "ysq", console) == 'y') {
        answers.finish(step.name());
      }
      return;
    }
    console.printCommand(step.shown());
    char choice = choose("Run it? yes, skip, quit", "ysq", console);
    while (choice == 'y') {
      int exitCode = runner.applyAsInt(step.command().toArray(String[]::new));
      // Warnings are there to be read; they stop nobody.
      if (exitCode == ExitCode.DONE.number() || exitCode == ExitCode.WARNINGS.number()) {
        answers.finish(step.name());
        return;
      }
      console.print("");
      console.print("That ended with exit code " + exitCode + "; the reason is above.");
      choice = choose("Try again? yes, skip, quit", "ysq", console);
    }
  }

  /**
   * @param letters the first letters of the answers; the last means to stop
   */
  private char choose(String question, String letters, Console console)
      throws IOException, StoppedException {
    while (true) {
      String answer = read(question + " > ", console).toLowerCase(Locale.ROOT);
      if (!answer.isEmpty() && letters.indexOf(answer.charAt(0)) >= 0) {
        return answer.charAt(0);
      }
      console.print("Please answer with one of the words.");
    }
  }

  private String read(String prompt, Console console) throws IOException, StoppedException {
    console.screen().out().print(prompt);
    console.screen().out().flush();
    String line = input.readLine();
    if (line == null || List.of("q", "quit").contains(line.strip().toLowerCase(Locale.ROOT))) {
      throw new StoppedException();
    }
    return line.strip();
  }
}
