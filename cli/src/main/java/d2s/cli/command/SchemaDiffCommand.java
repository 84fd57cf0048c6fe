package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.output.ResultDocument;
import d2s.engine.catalog.CatalogDifference;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code d2s schema diff}. */
@CommandLine.Command(
    name = "diff",
    description = {
      "Compare two catalogs: tables, columns, types, defaults and keys that came, went or changed.",
      "",
      "A catalog is a file of d2s schema capture, or the name of one that ships with the program.",
      ""
    })
public final class SchemaDiffCommand extends Command {

  @Parameters(index = "0", paramLabel = "BEFORE", description = "The older catalog.")
  private String before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "The newer catalog.")
  private String after;

  public SchemaDiffCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    List<CatalogDifference> differences =
        CatalogDifference.between(CatalogFiles.read(before), CatalogFiles.read(after));
    if (differences.isEmpty()) {
      console.print("No differences.");
    }
    differences.forEach(difference -> console.print(difference.toString()));
    document.put("differences", differences.stream().map(CatalogDifference::toString).toList());
    return ExitCode.DONE;
  }
}
