package d2s.cli.command;

import d2s.cli.check.MappingCheck;
import d2s.cli.check.MappingWatch;
import d2s.cli.check.MigrationCheck;
import d2s.cli.check.SchemaChoice;
import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.migration.MigrationSetup;
import d2s.cli.options.AcceptOption;
import d2s.cli.options.AcceptUnknownOption;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.DryRunOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.options.StagingOptions;
import d2s.cli.output.ResultDocument;
import d2s.cli.schemas.ProblemFormat;
import d2s.engine.mapping.Layouts;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s check}. */
@CommandLine.Command(
    name = "check",
    description = {
      "Find out everything that stands in the way of a migration, before it does. Nothing is"
          + " changed.",
      "",
      "It is the very check that \"d2s migrate\" begins with, and has the same options: a migration is"
          + " refused for nothing that is not an ERROR here. Each finding says why it matters and what"
          + " to do.",
      "",
      "Without databases, or with --mappings-only, it holds the mapping files against the schemas that"
          + " ship with the program, or against those of the databases, and prints every problem with"
          + " file, line and column. One database alone is enough, too. That is for people who change"
          + " mapping files.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s check --mappings my-mappings --synapse-catalog synapse-95.yaml",
      "  d2s check --mappings my-mappings --watch --format line",
      "  d2s check --dendrite-config dendrite.yaml --synapse-config homeserver.yaml",
      "  d2s check --dendrite-db dbname=dendrite --synapse-db dbname=synapse \\",
      "      --server-name example.org",
      "  d2s check --mappings my-mappings --examples"
    })
public final class CheckCommand extends Command {

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private StagingOptions stagingOptions;
  @Mixin private AcceptUnknownOption acceptUnknown;
  @Mixin private MediaOptions mediaOptions;
  @Mixin private MappingOptions mappingOptions;
  @Mixin private AcceptOption acceptOption;

  @Option(
      names = "--mappings-only",
      description = "Only hold the mapping files against the schemas of the databases.")
  private boolean mappingsOnly;

  @Option(
      names = "--synapse-catalog",
      paramLabel = "CATALOG",
      description = {
        "Hold the mapping files against this catalog instead of Synapse's database: a file of d2s"
            + " schema capture, or the name of one that ships with the program."
      })
  private String synapseCatalog;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "How problems are printed: text (with the quoted line), line (file:line:column: error:"
            + " message, for editors) or github (annotations of a workflow). Default: text."
      })
  private ProblemFormat format = ProblemFormat.text;

  @Option(
      names = "--examples",
      arity = "0..1",
      paramLabel = "MAPPING",
      fallbackValue = "",
      description = {
        "Also try the examples of this mapping in a temporary PostgreSQL; without MAPPING, those"
            + " of all."
      })
  private String examples;

  @Option(
      names = "--watch",
      description = "Check the files of --mappings, and again whenever one changes, until Ctrl-C.")
  private boolean watch;

  public CheckCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    Optional<Layouts> layouts = mappingOptions.loadLayouts();
    DatabaseOptions.Resolved databases =
        databaseOptions.resolve(stagingOptions, acceptUnknown, context().surroundings(), layouts);
    // A configuration that names no database is asked for one; it is no wish to check mapping
    // files.
    boolean none =
        databases.dendrite().isEmpty()
            && databases.synapse().isEmpty()
            && databases.dendriteFile().isEmpty()
            && databases.synapseFiles().isEmpty();
    if (examples != null && watch) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--watch does not try examples; leave out one of --watch and --examples");
    }
    if (examples != null && !none) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          "--examples makes databases of its own; leave out --dendrite-db, --synapse-db and the"
              + " configuration files");
    }
    if (!none && !mappingsOnly && !watch && synapseCatalog == null) {
      MigrationSetup setup =
          MigrationSetup.of(
              mappingOptions.load(),
              databases,
              mediaOptions,
              new DryRunOptions(),
              List.of(),
              acceptOption.names(),
              console);
      return new MigrationCheck(setup, layouts, databases, console, interruption).run(document);
    }
    databases.notes().forEach(console::warn);
    SchemaChoice schemas = new SchemaChoice(databases, synapseCatalog);
    if (watch) {
      return new MappingWatch(mappingOptions, schemas, format, console, interruption).run();
    }
    return new MappingCheck(mappingOptions, schemas, examples, format, console, interruption)
        .run(layouts, document);
  }
}
