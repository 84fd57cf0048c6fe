package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.migration.MediaRun;
import d2s.cli.migration.MigrationRun;
import d2s.cli.options.AcceptOption;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.DryRunOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.options.ReportOption;
import d2s.cli.output.ResultDocument;
import d2s.engine.mapping.Layouts;
import java.util.List;
import java.util.Optional;
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

  @Mixin private DryRunOptions runOptions;
  @Mixin private ReportOption reportOption;

  @Mixin private AcceptOption acceptOption;

  @Option(
      names = "--media-only",
      description = "Carry over the media files and nothing else, like \"d2s media\".")
  private boolean mediaOnly;

  public MigrateCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    Optional<Layouts> layouts = mappingOptions.loadLayouts();
    DatabaseOptions.Resolved databases = databaseOptions.resolve(context().surroundings(), layouts);
    if (mediaOnly) {
      databases.notes().forEach(console::warn);
      return new MediaRun(console, document, interruption)
          .run(mappingOptions.load(), layouts, databases, mediaOptions, runOptions);
    }
    return new MigrationRun(console, document, interruption, reportOption.folder())
        .run(
            mappingOptions.load(),
            layouts,
            databases,
            mediaOptions,
            runOptions,
            phases,
            acceptOption.names());
  }
}
