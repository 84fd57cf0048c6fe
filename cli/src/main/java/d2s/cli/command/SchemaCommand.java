package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.output.ResultDocument;
import picocli.CommandLine;

/** {@code d2s schema}: a frame for its two commands. */
@CommandLine.Command(
    name = "schema",
    description = {
      "Capture the schema of a live database as a catalog, and compare catalogs. Nothing is"
          + " changed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s schema capture --synapse-db dbname=synapse --output synapse-95.yaml",
      "  d2s schema diff synapse-94 synapse-95.yaml"
    })
public final class SchemaCommand extends Command {

  public SchemaCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) {
    return printUsage();
  }
}
