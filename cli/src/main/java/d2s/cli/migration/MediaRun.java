package d2s.cli.migration;

import d2s.cli.connection.Database;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.layout.DendriteSource;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.DryRunOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.output.FileReport;
import d2s.cli.output.Format;
import d2s.cli.output.ProgressDisplay;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.RunReport;
import d2s.engine.Engine;
import d2s.engine.Job;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.FileResult;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries over media files only: {@code d2s media} and {@code d2s migrate --media-only}. */
public final class MediaRun {

  private final Console console;
  private final ResultDocument document;
  private final InterruptHandler interruption;

  public MediaRun(Console console, ResultDocument document, InterruptHandler interruption) {
    this.console = console;
    this.document = document;
    this.interruption = interruption;
  }

  public ExitCode run(
      MappingSet set,
      Optional<Layouts> layouts,
      DatabaseOptions.Resolved databases,
      MediaOptions mediaOptions,
      DryRunOptions options)
      throws Exception {
    MediaOptions.Resolved media = mediaOptions.resolve(databases, true, console);
    Map<String, Object> given = media.facts(databases.facts(set), set);
    try (DendriteSource dendrite =
        DendriteSource.open(
            databases.requiredDendrite(),
            databases.staging(),
            layouts,
            set,
            false,
            options.strict(),
            console,
            interruption)) {
      Database source = dendrite.database();
      console.log("From " + media.source().orElseThrow());
      console.log("to   " + media.target().orElseThrow());
      Job<FileResult> run =
          new Engine(set).fileCopy(source, given, media.files(), options.dryRun());
      interruption.install(
          "Interrupted. Ending ...",
          () -> {
            run.stop();
            source.cancel();
          },
          () -> "What was finished stays; the same command goes on from there.");
      FileResult result = run(run);
      report(result, options.dryRun());
      document.files(result, options.dryRun());
      if (options.strict() && result.failures() > 0) {
        throw new CommandFailedException(
            ExitCode.FAILED,
            "strict: "
                + (options.dryRun()
                    ? Format.count(result.failures(), "file", "files")
                        + " would not be carried over"
                    : Format.count(result.failures(), "file was", "files were")
                        + " not carried over; the others were"));
      }
      return ExitCode.DONE;
    }
  }

  private FileResult run(Job<FileResult> run) throws CommandFailedException {
    try {
      if (console.json()) {
        return run.run(Progress.silent());
      }
      try (ProgressDisplay progress =
          ProgressDisplay.start(console.screen(), console.verbosity() > 0)) {
        return run.run(progress);
      }
    } catch (MigrationFailedException e) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          List.of(
              e.getMessage() + ". What was finished stays; the same command goes on from there"),
          e);
    }
  }

  private void report(FileResult result, boolean dryRun) {
    boolean all = console.verbosity() > 0;
    console.print(FileReport.table(result.stores(), dryRun, console.screen().width()));
    console.print("");
    for (List<String> part :
        List.of(
            RunReport.skipped(result.skipped(), dryRun, all, console.screen().width()),
            FileReport.problems(result.stores(), all))) {
      if (!part.isEmpty()) {
        console.print(part);
        console.print("");
      }
    }
    FileReport.notes(result.stores()).forEach(console::warn);
    String time = " in " + Format.seconds(result.elapsed()) + " s";
    console.print(dryRun ? "Dry run done" + time + ": no file was copied." : "Done" + time + ".");
  }
}
