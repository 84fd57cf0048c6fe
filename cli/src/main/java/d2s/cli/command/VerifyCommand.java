package d2s.cli.command;

import d2s.cli.connection.ConnectionSettings;
import d2s.cli.connection.Database;
import d2s.cli.connection.IoReason;
import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.layout.DendriteSource;
import d2s.cli.layout.SizeHint;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.DendriteMediaOption;
import d2s.cli.options.MappingOptions;
import d2s.cli.options.ReportOption;
import d2s.cli.options.StagingOptions;
import d2s.cli.options.SynapseMediaOption;
import d2s.cli.output.Paragraph;
import d2s.cli.output.ResultDocument;
import d2s.cli.output.Style;
import d2s.cli.output.VerificationReport;
import d2s.cli.output.VerifyProgress;
import d2s.cli.report.ReportFolder;
import d2s.engine.Engine;
import d2s.engine.mapping.Layouts;
import d2s.engine.mapping.MappingSet;
import d2s.engine.verify.VerificationResults;
import d2s.engine.verify.VerifierOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
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

  /** The same for Dendrite's. */
  private static final String DENDRITE_MEDIA = "dendrite media";

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private StagingOptions stagingOptions;
  @Mixin private MappingOptions mappingOptions;

  @Mixin private DendriteMediaOption dendriteMediaOption;
  @Mixin private SynapseMediaOption mediaOption;
  @Mixin private ReportOption reportOption;

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
    Optional<Layouts> layouts = mappingOptions.loadLayouts();
    DatabaseOptions.Resolved databases =
        databaseOptions.resolve(stagingOptions, context().surroundings(), layouts);
    databases.requiredDendrite();
    ConnectionSettings synapse = databases.requiredSynapse();
    Map<String, Path> folders = folders(databases);
    databases.notes().forEach(console::warn);
    MappingSet set = mappingOptions.load();

    try (Database target = Database.open("Synapse", synapse);
        DendriteSource dendrite =
            DendriteSource.open(
                databases.requiredDendrite(),
                databases.staging(),
                layouts,
                set,
                false,
                false,
                console,
                interruption)) {
      Database source = dendrite.database();
      SizeHint.keep(source, folders.values());
      console.log("Dendrite: " + dendrite.describe());
      console.log("Synapse:  the " + synapse.describe());
      interruption.install(
          "Interrupted.",
          () -> {
            source.cancel();
            target.cancel();
          },
          () -> "Nothing was changed.");
      VerificationResults result = verify(set, databases, source, target, folders, console);
      boolean right = result.passed();
      document.put("layout", dendrite.document());
      document.verifications(result);
      report(result, right, console);
      writeReport(result, console);
      conclude(result, right, console);
      return right ? ExitCode.DONE : ExitCode.FINDINGS;
    }
  }

  private VerificationResults verify(
      MappingSet set,
      DatabaseOptions.Resolved databases,
      Database source,
      Database target,
      Map<String, Path> folders,
      Console console)
      throws CommandFailedException, SQLException {
    VerifierOptions options = new VerifierOptions(databases.facts(set), folders, only);
    if (console.json()) {
      return new Engine(set).verify(source, target, options, (name, number, of) -> {});
    }
    try (VerifyProgress progress = new VerifyProgress(console.screen(), console.verbosity() > 0)) {
      progress.preparing();
      return new Engine(set).verify(source, target, options, progress);
    }
  }

  private void writeReport(VerificationResults result, Console console) {
    if (reportOption.folder().isEmpty()) {
      return;
    }
    Path folder = reportOption.folder().get();
    try {
      console.print("Report: " + new ReportFolder(folder).addVerification(result));
      console.print("");
    } catch (IOException e) {
      console.warn("the report cannot be written to " + folder + " (" + IoReason.of(e) + ")");
    }
  }

  private Map<String, Path> folders(DatabaseOptions.Resolved databases)
      throws CommandFailedException {
    Map<String, Path> folders = new HashMap<>();
    given(mediaOption.folder(), "--synapse-media-path", databases.synapseMedia())
        .ifPresent(folder -> folders.put(MEDIA, folder));
    given(dendriteMediaOption.folder(), "--dendrite-media-path", databases.dendriteMedia())
        .ifPresent(folder -> folders.put(DENDRITE_MEDIA, folder));
    return folders;
  }

  private static Optional<Path> given(
      Optional<Path> folder, String option, Optional<String> configured)
      throws CommandFailedException {
    if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      throw new CommandFailedException(
          ExitCode.USAGE, option + ": there is no directory " + folder.get());
    }
    return folder.isPresent() ? folder : configured.map(Path::of).filter(Files::isDirectory);
  }

  private static void report(VerificationResults result, boolean right, Console console) {
    int width = console.screen().width();
    boolean all = console.verbosity() > 0;
    if (all || !right) {
      console.print(VerificationReport.table(result, width));
      console.print("");
    }
    List<String> notes = VerificationReport.notes(result, all);
    if (!notes.isEmpty()) {
      notes.forEach(line -> console.print(Paragraph.wrap(line, "", "  ", width)));
      console.print("");
    }
    List<String> findings = VerificationReport.findings(result, all, width);
    if (!findings.isEmpty()) {
      console.print(findings);
      console.print("");
    }
  }

  private static void conclude(VerificationResults result, boolean right, Console console) {
    if (right) {
      console.print(Style.HEADING, "Next:", "");
      console.print("  1. start Synapse, log in, and open the proxy");
      console.print("  2. keep Dendrite's database and files until nobody misses anything");
      console.print("");
    } else if (result.used()) {
      console.printParagraph(
          Style.WARNING,
          "Synapse has been started on this database since it was loaded. New logins, messages,"
              + " times of last use and deleted things are differences then, and nothing is wrong"
              + " with them. Verify between the migration and the first start of Synapse.");
      console.print("");
    }
    console.printParagraph(
        right ? Style.GOOD : Style.BAD, VerificationReport.conclusion(result, right));
  }
}
