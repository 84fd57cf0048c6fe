package d2s.cli.command;

import d2s.cli.configuration.HomeserverSettings;
import d2s.cli.configuration.HomeserverYamlBuilder;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.DendriteConfigOption;
import d2s.cli.options.SigningKeyOption;
import d2s.cli.options.SynapseMediaOption;
import d2s.cli.output.ResultDocument;
import d2s.cli.signing.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s config}. */
@CommandLine.Command(
    name = "config",
    description = {
      "Make a homeserver.yaml for Synapse from dendrite.yaml.",
      "",
      "Every setting says where it came from, and at the end stands what has no counterpart. What"
          + " dendrite.yaml does not know, such as Synapse's database, is marked FILL IN. Secrets are"
          + " written only to a file, which only its owner can read, and never shown.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s config --dendrite-config dendrite.yaml",
      "  d2s config --dendrite-config dendrite.yaml --output homeserver.yaml"
    })
public final class ConfigCommand extends Command {

  /** Where Debian's package keeps it. */
  private static final String USUAL_MEDIA_PATH = "/var/lib/matrix-synapse/media";

  @Mixin private DendriteConfigOption dendriteConfig;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {
        "The new file. Nothing is ever overwritten.",
        "Default: standard output, without secrets."
      })
  private Path output;

  @Mixin private SigningKeyOption signingKey;
  @Mixin private SynapseMediaOption mediaOption;

  public ConfigCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    Path dendriteConfiguration =
        dendriteConfig
            .file()
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        ExitCode.USAGE,
                        "which configuration? Give --dendrite-config dendrite.yaml"));
    HomeserverYamlBuilder.Result result = translate(dendriteConfiguration);
    HomeserverSettings translation = result.translation();
    if (output == null) {
      console.print(translation.publicText().stripTrailing());
    } else {
      write(translation.text());
      console.print(
          "Wrote "
              + output
              + " with "
              + translation.settings().size()
              + " settings, readable for its owner only.");
      console.print("");
      console.print("Not taken over from " + dendriteConfiguration + ":");
      translation.leftOut().forEach((key, reason) -> console.print("- " + key + ": " + reason));
      console.print("");
      console.print(
          "Next: fill in what is marked FILL IN, make the signing key file with \"d2s keys\", and let"
              + " Synapse's user own both.");
    }
    result.notes().forEach(console::warn);
    document.put("file", output == null ? null : output.toString());
    document.put("settings", translation.settings());
    document.put("secrets", translation.secrets());
    document.put("left_out", translation.leftOut());
    if (output == null) {
      document.put("text", translation.publicText());
    }
    return ExitCode.DONE;
  }

  private HomeserverYamlBuilder.Result translate(Path dendriteConfiguration)
      throws CommandFailedException {
    Path key = signingKey.file().orElse(null);
    if (key == null) {
      key =
          output == null
              ? Path.of("signing.key")
              : output.toAbsolutePath().resolveSibling("signing.key");
    }
    try {
      return HomeserverYamlBuilder.translate(
          dendriteConfiguration,
          key,
          mediaOption.folder().map(Path::toString).orElse(USUAL_MEDIA_PATH));
    } catch (InvalidConfigurationException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
  }

  private void write(String text) throws CommandFailedException {
    try {
      PrivateFile.create(output, text);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--output: " + output + " exists; it is not overwritten");
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          "--output: "
              + output
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + "); is its directory there, and may this user write in it?");
    }
  }
}
