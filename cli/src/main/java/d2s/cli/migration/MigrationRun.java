package d2s.cli.migration;

import d2s.cli.connection.Database;
import d2s.cli.connection.IoReason;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.layout.DendriteSource;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.DryRunOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.output.CheckReport;
import d2s.cli.output.FileReport;
import d2s.cli.output.Format;
import d2s.cli.output.ProgressDisplay;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.RunReport;
import d2s.cli.output.Style;
import d2s.cli.report.ReportFolder;
import d2s.engine.Job;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.CheckResult;
import d2s.engine.result.CommitUnknownException;
import d2s.engine.result.FileProblem;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.result.StoreResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Moves everything: {@code d2s migrate}. */
public final class MigrationRun {

  private final Console console;
  private final ResultDocument document;
  private final InterruptHandler interruption;
  private final Optional<Path> report;

  /**
   * @param report the folder for the report; empty for none
   */
  public MigrationRun(
      Console console,
      ResultDocument document,
      InterruptHandler interruption,
      Optional<Path> report) {
    this.report = report;
    this.console = console;
    this.document = document;
    this.interruption = interruption;
  }

  public ExitCode run(
      MappingSet set,
      Optional<Layouts> layouts,
      DatabaseOptions.Resolved databases,
      MediaOptions mediaOptions,
      DryRunOptions options,
      List<String> phases,
      Set<String> accepted)
      throws Exception {
    MigrationSetup setup =
        MigrationSetup.of(set, databases, mediaOptions, options, phases, accepted, console);
    try (Database target = Database.open("Synapse", setup.synapse());
        DendriteSource dendrite =
            DendriteSource.open(
                setup.dendrite(),
                databases.staging(),
                layouts,
                set,
                !options.dryRun(),
                options.strict(),
                console,
                interruption)) {
      Database source = dendrite.database();
      console.log("From Dendrite: " + dendrite.describe());
      console.log("to Synapse:    the " + setup.synapse().describe());
      Job<RunResult> migration =
          setup.withUnknown(source, target, databases, console).migration(source, target);
      AtomicReference<String> conclusion =
          new AtomicReference<>("Everything was rolled back; Synapse's database is as it was.");
      interruption.install(
          "Interrupted. Rolling back ...",
          () -> {
            migration.stop();
            source.cancel();
            target.cancel();
          },
          conclusion::get);
      RunResult result;
      try {
        result = dendrite.withSkipped(execute(migration, console));
      } catch (CommitUnknownException e) {
        conclusion.set(
            "Nobody knows yet whether everything was loaded or nothing: " + e.getMessage());
        throw e;
      }
      if (result.committed()) {
        conclusion.set(
            "The migration was complete before the interrupt; Synapse's database is loaded.");
      }
      try {
        report(result, options.dryRun(), console);
        document.put("layout", dendrite.document());
        document.run(result, options.dryRun());
        writeReport(setup, result, options, console);
        conclude(result, options.dryRun(), console);
      } catch (RuntimeException | VirtualMachineError e) {
        if (result.committed()) {
          throw loadedAllTheSame(e);
        }
        throw e;
      }
      return result.findings().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }
  }

  /** What is said of other failures, that everything was rolled back, would be wrong here. */
  private static CommandFailedException loadedAllTheSame(Throwable failure) {
    return new CommandFailedException(
        ExitCode.FAILED,
        List.of(
            "everything was loaded into Synapse's database and stays there; only to tell of it"
                + " failed ("
                + (failure instanceof OutOfMemoryError
                    ? "Java has too little memory"
                    : failure.getClass().getSimpleName())
                + "). Go on with d2s verify, with the same options."),
        failure);
  }

  /** In a folder of its own; that it cannot be written undoes no migration. */
  private void writeReport(
      MigrationSetup setup, RunResult result, DryRunOptions options, Console console) {
    if (report.isEmpty()) {
      return;
    }
    try {
      Path page =
          new ReportFolder(report.get())
              .writeMigration(
                  setup.dendrite().describe(),
                  "the " + setup.synapse().describe(),
                  result,
                  options.dryRun());
      console.print("Report: " + page);
      console.print("");
    } catch (IOException e) {
      console.warn("the report cannot be written to " + report.get() + " (" + IoReason.of(e) + ")");
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
  public static void report(RunResult result, boolean dryRun, Console console) {
    boolean all = console.verbosity() > 0;
    int width = console.screen().width();
    if (all) {
      if (!result.stores().isEmpty()) {
        console.print(FileReport.table(result.stores(), dryRun, width));
        console.print("");
      }
      console.print(RunReport.table(result, width));
      console.print("");
    }
    FileReport.notes(result.stores()).forEach(console::warn);
    boolean allOfIt = result.skipped().isEmpty() && fileFailures(result) == 0;
    String summary = RunReport.summary(result, dryRun, allOfIt);
    if (!summary.isEmpty()) {
      console.printParagraph(allOfIt ? Style.GOOD : Style.PLAIN, summary);
      console.print("");
    }
    printPart(RunReport.skipped(result.skipped(), dryRun, all, width), console);
    printPart(FileReport.problems(result.stores(), all), console);
    for (CheckReport.Entry entry :
        CheckReport.entries(
            result.checks().stream().filter(CheckResult::isWarning).toList(), all, width)) {
      console.print(entry.style(), entry.head(), entry.lines().get(0));
      console.print(entry.lines().subList(1, entry.lines().size()));
      console.print("");
    }
    printPart(RunReport.findings(result.findings()), console);
  }

  private static void printPart(List<String> lines, Console console) {
    if (!lines.isEmpty()) {
      console.print(lines);
      console.print("");
    }
  }

  private static long fileFailures(RunResult result) {
    return result.stores().stream().mapToLong(StoreResult::failures).sum();
  }

  /**
   * Everything that a person should read: checks, reasons of what is missing, kinds of bad files.
   */
  static long warnings(RunResult result) {
    long checks = result.checks().stream().filter(CheckResult::isWarning).count();
    long reasons =
        result.skipped().stream().map(one -> one.mapping() + one.reason()).distinct().count();
    long files =
        result.stores().stream()
            .flatMap(store -> store.counts().entrySet().stream())
            // Missing files are a check already.
            .filter(entry -> entry.getKey() != FileProblem.Kind.NO_FILE)
            .filter(entry -> entry.getKey() != FileProblem.Kind.NO_ROW && entry.getValue() > 0)
            .count();
    return checks + reasons + files;
  }

  private static void conclude(RunResult result, boolean dryRun, Console console) {
    String time = " in " + Format.seconds(result.elapsed()) + " s: ";
    if (!result.findings().isEmpty()) {
      console.printParagraph(
          Style.BAD,
          "Checks failed"
              + time
              + "everything was rolled back; Synapse's database is as it was. Please report this:"
              + " the expectations above should hold for every database.");
      return;
    }
    if (result.committed()) {
      console.print(Style.HEADING, "Next:", "");
      console.print("  1. d2s verify, with the same options: it proves that all of it is there");
      console.print("  2. start Synapse, log in, and open the proxy");
      console.print("  3. keep Dendrite's database and files until nobody misses anything");
      console.print("");
    } else if (dryRun) {
      console.print(Style.HEADING, "Next:", "");
      console.print("  the same without --dry-run, with Dendrite and Synapse stopped");
      console.print("");
    }
    long warnings = warnings(result);
    console.printParagraph(
        warnings == 0 ? Style.GOOD : Style.WARNING,
        (dryRun ? "Dry run done" : "Done")
            + (warnings == 0 ? "" : ", with " + Format.count(warnings, "warning", "warnings") + ",")
            + time
            + (result.committed()
                ? "Synapse's database is loaded."
                : "everything was rolled back; Synapse's database is as it was."));
  }
}
