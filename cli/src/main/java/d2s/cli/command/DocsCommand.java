package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.MappingOptions;
import d2s.cli.output.ResultDocument;
import d2s.cli.schemas.SchemaCheck;
import d2s.cli.site.Site;
import d2s.engine.Engine;
import d2s.engine.schema.Catalog;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s docs}. */
@CommandLine.Command(
    name = "docs",
    description = {
      "Print what becomes of every table, as Markdown: which mapping files read and fill it, or why"
          + " none does. For the newest schemas that ship with the program.",
      "",
      "With --site, write pages for a browser instead: one for each mapping and each table, with"
          + " every column, pictures of where it goes, and a search over everything.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s docs",
      "  d2s docs --mappings my-mappings",
      "  d2s docs --site d2s-docs"
    })
public final class DocsCommand extends Command {

  @Mixin private MappingOptions mappingOptions;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = {
        "Write pages for a browser to this folder. It must be new or empty, or have pages that this"
            + " command wrote."
      })
  private Path site;

  public DocsCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    Engine engine = new Engine(mappingOptions.load());
    List<Catalog> sources = SchemaCheck.bundled("dendrite-");
    List<Catalog> targets = SchemaCheck.bundled("synapse-");
    if (site == null) {
      List<String> lines =
          engine.mappingTable(sources.get(sources.size() - 1), targets.get(targets.size() - 1));
      lines.forEach(console::print);
      document.put("lines", lines);
      return ExitCode.DONE;
    }
    if (!Site.isPossible(site)) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          "--site: "
              + site.toAbsolutePath()
              + " holds something else than pages of d2s docs; give a new folder");
    }
    Path first = new Site(engine.lineage(sources, targets)).write(site);
    console.print("Open " + first + " in a browser.");
    document.put("site", first.toString());
    return ExitCode.DONE;
  }
}
