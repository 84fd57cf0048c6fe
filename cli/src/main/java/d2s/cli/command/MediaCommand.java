package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.output.ResultDocument;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s media}. */
@CommandLine.Command(
    name = "media",
    description = {
      "Carry over the media files only: uploads, files of other servers, thumbnails.",
      "",
      "Dendrite may be running, and Synapse's database is not needed. Every file is checked against"
          + " its SHA-256. What is there and right is left alone, so that a run that was broken off"
          + " is completed by the next one, and a last run after Dendrite has been stopped carries"
          + " over only what is new.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s media --dendrite-config dendrite.yaml --synapse-config homeserver.yaml",
      "  d2s media --dendrite-db dbname=dendrite --server-name example.org \\",
      "      --dendrite-media-path /var/lib/dendrite/media \\",
      "      --synapse-media-path /var/lib/matrix-synapse/media --media-mode hardlink"
    })
public final class MediaCommand extends Command {

  @Mixin private DatabaseOptions databaseOptions;
  @Mixin private MediaOptions mediaOptions;
  @Mixin private MappingOptions mappingOptions;

  @Option(names = "--dry-run", description = "Read and check everything, but write nothing.")
  private boolean dryRun;

  @Option(
      names = "--strict",
      description = "End with exit code 4 when anything cannot be carried over.")
  private boolean strict;

  public MediaCommand(Context context) {
    super(context);
  }

  /** Takes away the options of the database that this command does not need. */
  public static void narrow(CommandLine command) {
    command.getCommandSpec().remove(command.getCommandSpec().findOption("--synapse-db"));
  }

  @Override
  protected String name() {
    return "media";
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    DatabaseOptions.Resolved databases = databaseOptions.resolve(context().surroundings());
    databases.notes().forEach(console::note);
    return new MediaRun(console, document, interruption)
        .run(mappingOptions.load(), databases, mediaOptions, dryRun, strict);
  }
}
