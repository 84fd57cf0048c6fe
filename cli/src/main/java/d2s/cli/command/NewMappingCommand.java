package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.output.ResultDocument;
import d2s.cli.schemas.CatalogFiles;
import d2s.cli.schemas.MappingSkeleton;
import d2s.cli.schemas.SchemaCheck;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Suggestion;
import d2s.matrix.catalog.BundledCatalogs;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code d2s new mapping}. */
@CommandLine.Command(
    name = "mapping",
    description = {
      "Write the beginning of a mapping file for a table of Synapse: each column with its type and the"
          + " versions that have it, and ledger entries for what you may leave out. Write an expression"
          + " where it says FILL IN.",
      "",
      "The table is looked up in the schemas that ship with the program, and in a newer one if you"
          + " give it with --synapse-catalog or --synapse-db.",
      ""
    })
public final class NewMappingCommand extends Command {

  @Parameters(index = "0", paramLabel = "TABLE", description = "The table of Synapse to fill.")
  private String target;

  @Option(
      names = "--from",
      paramLabel = "TABLE",
      description =
          "The table of Dendrite to read. Columns of the same name are filled in, and its columns are"
              + " listed.")
  private String from;

  @Option(
      names = "--synapse-catalog",
      paramLabel = "CATALOG",
      description = "Also this schema: a file of d2s schema capture.")
  private String synapseCatalog;

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private MappingOptions mappingOptions;

  public NewMappingCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    DatabaseOptions.Resolved databases = databaseOptions.resolve(context().surroundings());
    databases.notes().forEach(console::warn);
    List<Catalog> targets = new ArrayList<>(SchemaCheck.bundled("synapse-"));
    if (synapseCatalog != null) {
      targets.add(CatalogFiles.read(synapseCatalog));
    }
    if (databases.synapse().isPresent()) {
      targets.add(
          CatalogFiles.capture(
              "Synapse",
              databases.synapse().get(),
              "synapse",
              BundledCatalogs.SYNAPSE_VERSION_QUERY));
    }
    List<Catalog> sources = SchemaCheck.bundled("dendrite-");
    MappingSkeleton skeleton = new MappingSkeleton(mappingOptions.load(), targets);
    Table table =
        skeleton
            .table(target)
            .orElseThrow(() -> unknown("Synapse", target, targets.get(targets.size() - 1)));
    Table read = from == null ? null : source(sources);
    skeleton.places(target).forEach(place -> console.warn(target + ": " + place + "."));
    List<String> lines = skeleton.lines(table, read);
    console.print(lines);
    document.put("mapping", String.join("\n", lines) + "\n");
    return ExitCode.DONE;
  }

  private Table source(List<Catalog> sources) throws CommandFailedException {
    Catalog newest = sources.get(sources.size() - 1);
    return newest.table(from).orElseThrow(() -> unknown("Dendrite", from, newest));
  }

  private static CommandFailedException unknown(String server, String table, Catalog catalog) {
    return new CommandFailedException(
        ExitCode.USAGE,
        server
            + " has no table "
            + table
            + Suggestion.of(table, catalog.tableNames())
            + (server.equals("Synapse")
                ? " (" + catalog.name() + "; give a newer schema with --synapse-catalog)"
                : ""));
  }
}
