package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.output.ResultDocument;
import d2s.engine.catalog.CatalogDifference;
import d2s.engine.catalog.CatalogYaml;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogException;
import d2s.matrix.catalog.BundledCatalogs;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    List<CatalogDifference> differences = CatalogDifference.between(read(before), read(after));
    if (differences.isEmpty()) {
      console.print("No differences.");
    }
    differences.forEach(difference -> console.print(difference.toString()));
    document.put("differences", differences.stream().map(CatalogDifference::toString).toList());
    return ExitCode.DONE;
  }

  private static Catalog read(String name) throws CommandFailedException, IOException {
    if (BundledCatalogs.names().contains(name)) {
      return BundledCatalogs.read(name);
    }
    try (Reader in = Files.newBufferedReader(Path.of(name))) {
      return CatalogYaml.read(in, name);
    } catch (NoSuchFileException e) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          "there is no file "
              + name
              + " and no catalog of this name; those that ship with the program are "
              + String.join(", ", BundledCatalogs.names()));
    } catch (CatalogException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
  }
}
