package d2s.cli;

import d2s.cli.output.Numbers;
import d2s.cli.output.ResultDocument;
import d2s.engine.run.Preparation;
import d2s.engine.spec.MappingSet;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code d2s check}. */
@CommandLine.Command(
    name = "check",
    description = {
      "Hold the mapping files against the two databases and print all problems, each with file, line"
          + " and column. Also tells whether a migration would be refused. Nothing is changed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s check --dendrite-config dendrite.yaml --synapse-config homeserver.yaml",
      "  d2s check --mappings my-mappings --dendrite-db dbname=dendrite \\",
      "      --synapse-db dbname=synapse --server-name example.org"
    })
final class CheckCommand extends Command {

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private MappingOptions mappingOptions;

  CheckCommand(Context context) {
    super(context);
  }

  @Override
  String name() {
    return "check";
  }

  @Override
  ExitCode execute(Console console, ResultDocument document, Interruption interruption)
      throws Exception {
    DatabaseOptions.Resolved databases = databaseOptions.resolve(context().surroundings());
    databases.notes().forEach(console::note);
    MappingSet set = mappingOptions.load();
    // Problems come as an exception with all of them.
    Preparation prepared = Inspection.of(set, databases);
    console.say(
        "No problems in "
            + Numbers.count(prepared.checked().mappings().size(), "mapping", "mappings")
            + " for "
            + set.target().name()
            + " schema version "
            + prepared.targetVersion()
            + ".");
    document.put("mappings", prepared.checked().mappings().size());
    document.put("target_version", prepared.targetVersion());
    return ExitCode.DONE;
  }
}
