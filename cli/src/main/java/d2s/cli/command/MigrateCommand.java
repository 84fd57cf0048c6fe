package d2s.cli.command;

import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.Database;
import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.options.PhaseSelector;
import d2s.cli.output.FileReport;
import d2s.cli.output.Format;
import d2s.cli.output.ProgressDisplay;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.RunReport;
import d2s.engine.mapping.MappingSet;
import d2s.engine.result.Progress;
import d2s.engine.result.RunResult;
import d2s.engine.run.Migration;
import d2s.engine.run.RunOptions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s migrate}. */
@CommandLine.Command(
    name = "migrate",
    description = {
      "Move everything from Dendrite to Synapse: the database and, with the media paths, the files.",
      "",
      "Stop Dendrite first; Synapse's database must be freshly initialised and Synapse not running."
          + " The whole load is one transaction: if anything goes wrong, the database is as it"
          + " was. Dendrite's database is only read. With both media paths the media files are"
          + " carried over too, before the load; \"d2s media\" can do most of that beforehand.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s migrate --dendrite-config dendrite.yaml --synapse-config homeserver.yaml --dry-run",
      "  d2s migrate --dendrite-db \"dbname=dendrite\" --synapse-db \"dbname=synapse\" \\",
      "      --server-name example.org",
      "  d2s migrate --dendrite-db postgresql://dendrite@db.example.org/dendrite \\",
      "      --synapse-db postgresql://synapse@db.example.org/synapse --server-name example.org"
    })
public final class MigrateCommand extends Command {

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private MediaOptions mediaOptions;
  @Mixin private MappingOptions mappingOptions;

  @Option(
      names = "--phase",
      paramLabel = "PHASE",
      description = {
        "Run only this phase, by number or name; can be given several times or joined with"
            + " commas. \"d2s plan\" lists the phases.",
        "Default: all of them."
      })
  private List<String> phases = List.of();

  @Option(
      names = "--dry-run",
      description = "Load and check everything, then roll back. Takes as long as the real run.")
  private boolean dryRun;

  @Option(
      names = "--strict",
      description = "Fail, and roll back, when anything cannot be carried over.")
  private boolean strict;

  @Option(
      names = "--media-only",
      description = "Carry over the media files and nothing else, like \"d2s media\".")
  private boolean mediaOnly;

  public MigrateCommand(Context context) {
    super(context);
  }

  @Override
  protected String name() {
    return "migrate";
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    DatabaseOptions.Resolved databases = databaseOptions.resolve(context().surroundings());
    if (mediaOnly) {
      databases.notes().forEach(console::note);
      return new MediaRun(console, document, interruption)
          .run(mappingOptions.load(), databases, mediaOptions, dryRun, strict);
    }
    ConnectionSettings dendrite = databases.requiredDendrite();
    ConnectionSettings synapse = databases.requiredSynapse();
    MediaOptions.Resolved media = mediaOptions.resolve(databases, false, console);
    databases.notes().forEach(console::note);
    MappingSet set = mappingOptions.load();
    MediaOptions.remind(set, media, console);
    Set<String> chosen = PhaseSelector.choose(set.phases(), phases);
    Map<String, Object> given = media.facts(databases.facts(set), set);

    try (Database source = Database.open("Dendrite", dendrite);
        Database target = Database.open("Synapse", synapse)) {
      console.tell("From Dendrite's " + dendrite.describe());
      console.tell("to   Synapse's  " + synapse.describe());
      Migration migration =
          new Migration(
              set, source, target, new RunOptions(dryRun, strict, chosen, given, media.files()));
      AtomicBoolean committed = new AtomicBoolean();
      interruption.guard(
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
      RunResult result = run(migration, console);
      committed.set(result.committed());
      report(result, console);
      console.say(conclusion(result));
      if (result.committed()) {
        console.say(
            "Before you start Synapse, run \"d2s verify\" with the same databases: it proves that all of"
                + " it is there and right.");
      }
      document.run(result, dryRun);
      return result.findings().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }
  }

  /** Runs, and shows how far it is. */
  public static RunResult run(Migration migration, Console console) throws SQLException {
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
      console.say(FileReport.table(result.stores(), console.screen().width()));
      console.say("");
      List<String> problems = FileReport.problems(result.stores(), console.verbosity() > 0);
      if (!problems.isEmpty()) {
        console.say(problems);
        console.say("");
      }
      FileReport.notes(result.stores()).forEach(console::note);
    }
    console.say(RunReport.table(result, console.screen().width()));
    console.say("");
    List<String> skipped = RunReport.skipped(result.skipped(), console.verbosity() > 0);
    if (!skipped.isEmpty()) {
      console.say(skipped);
      console.say("");
    }
    List<String> findings = RunReport.findings(result.findings());
    if (!findings.isEmpty()) {
      console.say(findings);
      console.say("");
    }
  }

  private String conclusion(RunResult result) {
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
