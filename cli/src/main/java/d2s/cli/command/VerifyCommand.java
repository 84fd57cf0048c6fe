package d2s.cli.command;

import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.Database;
import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.options.SynapseMediaOption;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.VerificationReport;
import d2s.engine.Engine;
import d2s.engine.mapping.MappingSet;
import d2s.engine.verify.VerificationResults;
import d2s.engine.verify.VerifierOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s verify}. */
@CommandLine.Command(
    name = "verify",
    description = {
      "Prove that everything of Dendrite's database is in Synapse's, and is right there.",
      "",
      "For the time between a migration and the first start of Synapse. It does not trust the"
          + " migration: it computes everything again from both databases. Nothing is changed.",
      "",
      "Afterwards it can still be run, but then it also names what Synapse has changed since.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s verify --dendrite-config dendrite.yaml --synapse-config homeserver.yaml",
      "  d2s verify --dendrite-db \"dbname=dendrite\" --synapse-db \"dbname=synapse\" \\",
      "      --server-name example.org --synapse-media-path /var/lib/synapse/media_store --json"
    })
public final class VerifyCommand extends Command {

  /** The name under which verifications know Synapse's media folder. */
  private static final String MEDIA = "media";

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private MappingOptions mappingOptions;

  @Mixin private SynapseMediaOption mediaOption;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = {
        "Run only this verification; can be given several times or joined with commas.",
        "Default: all of them."
      })
  private Set<String> only = Set.of();

  public VerifyCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    DatabaseOptions.Resolved databases = databaseOptions.resolve(context().surroundings());
    ConnectionSettings dendrite = databases.requiredDendrite();
    ConnectionSettings synapse = databases.requiredSynapse();
    Map<String, Path> folders = folders(databases);
    databases.notes().forEach(console::warn);
    MappingSet set = mappingOptions.load();

    try (Database source = Database.open("Dendrite", dendrite);
        Database target = Database.open("Synapse", synapse)) {
      console.log("Dendrite's " + dendrite.describe());
      console.log("against Synapse's " + synapse.describe());
      interruption.install(
          "Interrupted.",
          () -> {
            source.cancel();
            target.cancel();
          },
          () -> "Nothing was changed.");
      VerificationResults result =
          new Engine(set)
              .verify(
                  source,
                  target,
                  new VerifierOptions(databases.facts(set), folders, only),
                  name -> tellStart(name, console));
      document.verifications(result);
      report(result, console);
      return result.passed() ? ExitCode.DONE : ExitCode.FINDINGS;
    }
  }

  private Map<String, Path> folders(DatabaseOptions.Resolved databases)
      throws CommandFailedException {
    if (mediaOption.folder().isPresent()) {
      Path synapseMedia = mediaOption.folder().get();
      if (!Files.isDirectory(synapseMedia)) {
        throw new CommandFailedException(
            ExitCode.USAGE, "--synapse-media-path: there is no directory " + synapseMedia);
      }
      return Map.of(MEDIA, synapseMedia);
    }
    Optional<Path> configured = databases.synapseMedia().map(Path::of).filter(Files::isDirectory);
    return configured.isPresent() ? Map.of(MEDIA, configured.get()) : Map.of();
  }

  private static void tellStart(String name, Console console) {
    if (console.verbosity() > 0) {
      console.log("Looking at " + name + " ...");
    }
  }

  private static void report(VerificationResults result, Console console) {
    console.print(VerificationReport.table(result, console.screen().width()));
    console.print("");
    List<String> findings = VerificationReport.findings(result, console.verbosity() > 0);
    if (!findings.isEmpty()) {
      console.print(findings);
      console.print("");
    }
    console.print(VerificationReport.conclusion(result));
  }
}
