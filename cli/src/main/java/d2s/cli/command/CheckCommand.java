package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.output.Format;
import d2s.cli.output.ResultDocument;
import d2s.engine.Engine;
import d2s.engine.mapping.MappingSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code d2s check}. */
@CommandLine.Command(
    name = "check",
    description = {
      "Hold the mapping files against the two databases and print all problems, each with file, line"
          + " and column; a column that nobody accounts for is one. Also tells whether a migration"
          + " would be refused. Nothing is changed.",
      "",
      "Without databases, the files are held against the schemas that ship with the program.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s check --mappings my-mappings",
      "  d2s check --dendrite-config dendrite.yaml --synapse-config homeserver.yaml",
      "  d2s check --mappings my-mappings --dendrite-db dbname=dendrite \\",
      "      --synapse-db dbname=synapse --server-name example.org"
    })
public final class CheckCommand extends Command {

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private MappingOptions mappingOptions;

  public CheckCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    DatabaseOptions.Resolved databases = databaseOptions.resolve(context().surroundings());
    databases.notes().forEach(console::warn);
    MappingSet set = mappingOptions.load();
    // Problems come as an exception with all of them.
    List<SchemaCheck> inspections = SchemaCheck.of(set, databases, interruption);
    new Engine(set).checkLedger(inspections.stream().map(SchemaCheck::result).toList());
    for (SchemaCheck inspection : inspections) {
      console.print(
          "No problems in "
              + Format.count(inspection.result().mappings(), "mapping", "mappings")
              + " for "
              + inspection.against()
              + ", "
              + set.target().name()
              + " schema version "
              + inspection.result().targetVersion()
              + ".");
    }
    document.put("checked", inspections.stream().map(CheckCommand::object).toList());
    return ExitCode.DONE;
  }

  private static Map<String, Object> object(SchemaCheck inspection) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("against", inspection.against());
    object.put("target_version", inspection.result().targetVersion());
    object.put("mappings", inspection.result().mappings());
    return object;
  }
}
