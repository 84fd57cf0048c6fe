package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.MappingOptions;
import d2s.cli.output.ResultDocument;
import d2s.engine.Engine;
import d2s.engine.mapping.MappingSet;
import d2s.engine.schema.Catalog;
import d2s.matrix.catalog.BundledCatalogs;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code d2s docs}. */
@CommandLine.Command(
    name = "docs",
    description = {
      "Print what becomes of every table, as Markdown: which mapping files read and fill it, or why"
          + " none does. For the newest schemas that ship with the program.",
      ""
    },
    footer = {"", "Examples:", "  d2s docs", "  d2s docs --mappings my-mappings"})
public final class DocsCommand extends Command {

  @Mixin private MappingOptions mappingOptions;

  public DocsCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    MappingSet set = mappingOptions.load();
    List<String> lines = new Engine(set).mappingTable(newest("dendrite-"), newest("synapse-"));
    lines.forEach(console::print);
    document.put("lines", lines);
    return ExitCode.DONE;
  }

  /** The one with a release behind its version is older than the one without. */
  private static Catalog newest(String prefix) {
    List<String> names =
        BundledCatalogs.names().stream()
            .filter(name -> name.startsWith(prefix))
            .sorted(Comparator.comparing(name -> name + "~"))
            .toList();
    return BundledCatalogs.read(names.get(names.size() - 1));
  }
}
