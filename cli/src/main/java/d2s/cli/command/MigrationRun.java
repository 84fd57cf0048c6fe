package d2s.cli.command;

import d2s.cli.connection.Database;
import d2s.cli.framework.Console;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.DryRunOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.output.FileReport;
import d2s.cli.output.Format;
import d2s.cli.output.ProgressDisplay;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.RunReport;
import d2s.engine.Job;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves everything: {@code d2s migrate}. */
public final class MigrationRun {

  private final Console console;
  private final ResultDocument document;
  private final InterruptHandler interruption;

  MigrationRun(Console console, ResultDocument document, InterruptHandler interruption) {
    this.console = console;
    this.document = document;
    this.interruption = interruption;
  }

  ExitCode run(
      MappingSet set,
      DatabaseOptions.Resolved databases,
      MediaOptions mediaOptions,
      DryRunOptions options,
      List<String> phases,
      Set<String> accepted)
      throws Exception {
    MigrationSetup setup =
        MigrationSetup.of(set, databases, mediaOptions, options, phases, accepted, console);
    try (Database source = Database.open("Dendrite", setup.dendrite());
        Database target = Database.open("Synapse", setup.synapse())) {
      console.log("From Dendrite's " + setup.dendrite().describe());
      console.log("to   Synapse's  " + setup.synapse().describe());
      Job<RunResult> migration = setup.migration(source, target);
      AtomicBoolean committed = new AtomicBoolean();
      interruption.install(
          "Interrupted. Rolling back ...",
          () -> {
            migration.stop();
            source.cancel();
            target.cancel();
          },
          () ->
              committed.get()
                  ? "The migration was complete before the interrupt; Synapse's database is loaded."
                  : "Everything was rolled back; Synapse's database is as it was.");
      RunResult result = execute(migration, console);
      committed.set(result.committed());
      report(result, console);
      console.print(conclusion(result, options.dryRun()));
      if (result.committed()) {
        console.print(
            "Before you start Synapse, run \"d2s verify\" with the same databases: it proves that all of"
                + " it is there and right.");
      }
      document.run(result, options.dryRun());
      return result.findings().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }
  }

  /** Runs, and shows how far it is. */
  public static RunResult execute(Job<RunResult> migration, Console console) throws Exception {
    if (console.json()) {
      return migration.run(Progress.silent());
    }
    try (ProgressDisplay progress =
        ProgressDisplay.start(console.screen(), console.verbosity() > 0)) {
      return migration.run(progress);
    }
  }

  /** Prints what a run did, what it left out and what looks wrong. */
  public static void report(RunResult result, Console console) {
    if (!result.stores().isEmpty()) {
      console.print(FileReport.table(result.stores(), console.screen().width()));
      console.print("");
      List<String> problems = FileReport.problems(result.stores(), console.verbosity() > 0);
      if (!problems.isEmpty()) {
        console.print(problems);
        console.print("");
      }
      FileReport.notes(result.stores()).forEach(console::warn);
    }
    console.print(RunReport.table(result, console.screen().width()));
    console.print("");
    List<String> skipped = RunReport.skipped(result.skipped(), console.verbosity() > 0);
    if (!skipped.isEmpty()) {
      console.print(skipped);
      console.print("");
    }
    List<String> findings = RunReport.findings(result.findings());
    if (!findings.isEmpty()) {
      console.print(findings);
      console.print("");
    }
  }

  private static String conclusion(RunResult result, boolean dryRun) {
    String time = " in " + Format.seconds(result.elapsed()) + " s";
    String state =
        result.committed()
            ? "Synapse's database is loaded."
            : "everything was rolled back; Synapse's database is as it was.";
    if (!result.findings().isEmpty()) {
      return "Not right" + time + ": " + state;
    }
    return (dryRun ? "Dry run done" : "Done") + time + ": " + state;
  }
}
