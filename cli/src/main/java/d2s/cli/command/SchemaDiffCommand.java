package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.MappingOptions;
import d2s.cli.output.ResultDocument;
import d2s.cli.schemas.CatalogFiles;
import d2s.cli.schemas.SchemaDrift;
import d2s.engine.catalog.CatalogDifference;
import d2s.engine.schema.Catalog;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code d2s schema diff}. */
@CommandLine.Command(
    name = "diff",
    description = {
      "Compare two catalogs: tables, columns, types, defaults and keys that came, went or changed.",
      "",
      "For schemas of Synapse, also the lines of the mapping files that a difference touches, and"
          + " lines to write. A new name for something old is only guessed.",
      "",
      "A catalog is a file of d2s schema capture, or the name of one that ships with the program.",
      ""
    })
public final class SchemaDiffCommand extends Command {

  @Parameters(index = "0", paramLabel = "BEFORE", description = "The older catalog.")
  private String before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "The newer catalog.")
  private String after;

  @Mixin private MappingOptions mappingOptions;

  public SchemaDiffCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    Catalog older = CatalogFiles.read(before);
    Catalog newer = CatalogFiles.read(after);
    List<CatalogDifference> differences = CatalogDifference.between(older, newer);
    if (differences.isEmpty()) {
      console.print("No differences.");
    }
    SchemaDrift drift = new SchemaDrift(mappingOptions.load(), differences, newer.version());
    boolean target = newer.table("schema_version").isPresent();
    for (CatalogDifference difference : differences) {
      console.print(difference.toString());
      if (target) {
        drift.advice(difference).forEach(line -> console.print("    " + line));
      }
    }
    document.put("differences", differences.stream().map(CatalogDifference::toString).toList());
    return ExitCode.DONE;
  }
}
