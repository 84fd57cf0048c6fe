package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.output.ResultDocument;
import d2s.cli.schemas.CatalogFiles;
import d2s.engine.catalog.CatalogYaml;
import d2s.engine.schema.Catalog;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.StringWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s schema capture}. */
@CommandLine.Command(
    name = "capture",
    description = {
      "Write the schema of one live database as a catalog: tables, columns, types, keys, sequences"
          + " and the schema version.",
      ""
    })
public final class SchemaCaptureCommand extends Command {

  @Mixin private DatabaseOptions databaseOptions;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "A new file for the catalog. Default: standard output.")
  private Path output;

  public SchemaCaptureCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    DatabaseOptions.Resolved databases = databaseOptions.resolve(context().surroundings());
    databases.notes().forEach(console::warn);
    if (databases.dendrite().isPresent() == databases.synapse().isPresent()) {
      throw new CommandFailedException(
          ExitCode.USAGE, "give one database: --dendrite-db or --synapse-db (or their --*-config)");
    }
    Catalog catalog =
        databases.dendrite().isPresent()
            ? CatalogFiles.capture(
                "Dendrite",
                databases
                    .dendrite()
                    .get()
                    .single()
                    .orElseThrow(
                        () ->
                            new CommandFailedException(
                                ExitCode.USAGE,
                                "a catalog is of one PostgreSQL database; Dendrite has "
                                    + databases.dendrite().get().describe()
                                    + ". Name one of its PostgreSQL databases with"
                                    + " --dendrite-db")),
                "dendrite",
                BundledCatalogs.DENDRITE_VERSION_QUERY)
            : CatalogFiles.capture(
                "Synapse",
                databases.synapse().get(),
                "synapse",
                BundledCatalogs.SYNAPSE_VERSION_QUERY);
    StringWriter text = new StringWriter();
    CatalogYaml.write(catalog, text);
    if (output == null) {
      console.screen().out().print(text);
    } else {
      try {
        Files.writeString(output, text.toString(), StandardOpenOption.CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        throw new CommandFailedException(
            ExitCode.USAGE, "--output: " + output + " exists; it is not overwritten");
      }
      console.print(
          "Captured "
              + catalog.tables().size()
              + " tables of version "
              + catalog.version()
              + " to "
              + output
              + ".");
    }
    document.put("tables", catalog.tables().size());
    document.put("version", catalog.version());
    return ExitCode.DONE;
  }
}
