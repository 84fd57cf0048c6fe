package d2s.cli;

import d2s.cli.output.ResultDocument;
import d2s.engine.report.MappingTable;
import d2s.engine.schema.Catalog;
import d2s.engine.spec.MappingSet;
import d2s.matrix.catalog.BundledCatalogs;
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
final class DocsCommand extends Command {

  @Mixin private MappingOptions mappingOptions;

  DocsCommand(Context context) {
    super(context);
  }

  @Override
  String name() {
    return "docs";
  }

  @Override
  ExitCode execute(Console console, ResultDocument document, Interruption interruption)
      throws Exception {
    MappingSet set = mappingOptions.load();
    List<String> lines = new MappingTable(set, newest("dendrite-"), newest("synapse-")).lines();
    lines.forEach(console::say);
    document.put("lines", lines);
    return ExitCode.DONE;
  }

  private static Catalog newest(String prefix) {
    List<String> names =
        BundledCatalogs.names().stream().filter(name -> name.startsWith(prefix)).sorted().toList();
    return BundledCatalogs.read(names.get(names.size() - 1));
  }
}
