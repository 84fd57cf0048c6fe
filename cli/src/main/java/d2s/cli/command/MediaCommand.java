package d2s.cli.command;

import d2s.cli.framework.Command;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.migration.MediaRun;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.options.DendriteOptions;
import d2s.cli.options.DryRunOptions;
import d2s.cli.options.MappingOptions;
import d2s.cli.options.MediaOptions;
import d2s.cli.options.StagingOptions;
import d2s.cli.options.SynapseConfigOption;
import d2s.cli.output.ResultDocument;
import d2s.engine.mapping.Layouts;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

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

  @Mixin private DendriteOptions dendriteOptions;
  @Mixin private StagingOptions stagingOptions;
  @Mixin private SynapseConfigOption synapseConfig;
  @Mixin private MediaOptions mediaOptions;
  @Mixin private MappingOptions mappingOptions;

  @Mixin private DryRunOptions runOptions;

  public MediaCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    Optional<Layouts> layouts = mappingOptions.loadLayouts();
    DatabaseOptions.Resolved databases =
        DatabaseOptions.resolve(
            dendriteOptions, stagingOptions, synapseConfig, context().surroundings(), layouts);
    databases.notes().forEach(console::warn);
    return new MediaRun(console, document, interruption)
        .run(mappingOptions.load(), layouts, databases, mediaOptions, runOptions);
  }
}
