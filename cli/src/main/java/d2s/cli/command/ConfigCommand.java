package d2s.cli.command;

import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.connection.ConnectionParameter;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionStringException;
import d2s.cli.connection.IoReason;
import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.homeserver.AuthenticationService;
import d2s.cli.homeserver.HomeserverSettings;
import d2s.cli.homeserver.HomeserverYamlBuilder;
import d2s.cli.homeserver.RandomSecret;
import d2s.cli.homeserver.SynapseChoices;
import d2s.cli.options.DendriteConfigOption;
import d2s.cli.options.SigningKeyOption;
import d2s.cli.options.SynapseMediaOption;
import d2s.cli.output.ResultDocument;
import d2s.cli.signing.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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

  @Option(
      names = "--synapse-db",
      paramLabel = "CONNECTION",
      description = {
        "Synapse's database, which homeserver.yaml then names: \"host=... dbname=...\" or"
            + " postgresql://... Whatever is left out is marked FILL IN.",
        "Default: all of it is marked FILL IN."
      })
  private String synapse;

  @Option(
      names = "--mas",
      paramLabel = "FILE",
      description = {
        "Let Matrix Authentication Service take over logging in: homeserver.yaml is written for it,"
            + " and this new file holds what belongs into its own configuration. Wants --output."
      })
  private Path mas;

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
    if (mas != null && output == null) {
      throw new CommandFailedException(
          ExitCode.USAGE, "--mas wants --output too: both files hold the same secret");
    }
    Optional<String> secret =
        mas == null ? Optional.empty() : Optional.of(RandomSecret.hexadecimal());
    HomeserverYamlBuilder.Result result =
        translate(dendriteConfiguration, new SynapseChoices(database(), secret));
    HomeserverSettings translation = result.translation();
    if (output == null) {
      console.printText(translation.publicText().stripTrailing());
    } else {
      if (mas != null) {
        write("--mas", mas, masText(dendriteConfiguration, secret.get()));
      }
      write("--output", output, translation.text());
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
    if (mas != null) {
      console.print(
          "Merge "
              + mas
              + " into the configuration of Matrix Authentication Service. Run \"mas-cli syn2mas\""
              + " before you start Synapse with these settings.");
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

  private Optional<Map<ConnectionParameter, String>> database() throws CommandFailedException {
    if (synapse == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ConnectionString.parse(synapse));
    } catch (InvalidConnectionStringException e) {
      throw new CommandFailedException(ExitCode.USAGE, "--synapse-db: " + e.getMessage());
    }
  }

  private static String masText(Path dendriteConfiguration, String secret)
      throws CommandFailedException {
    try {
      return AuthenticationService.text(dendriteConfiguration, secret);
    } catch (InvalidConfigurationException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
  }

  private HomeserverYamlBuilder.Result translate(Path dendriteConfiguration, SynapseChoices choices)
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
          mediaOption.folder().map(Path::toString).orElse(USUAL_MEDIA_PATH),
          choices,
          context().surroundings().variables());
    } catch (InvalidConfigurationException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
  }

  private static void write(String option, Path file, String text) throws CommandFailedException {
    try {
      PrivateFile.create(file, text);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(
          ExitCode.USAGE, option + ": " + file + " exists; it is not overwritten");
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.USAGE, option + ": " + file + " cannot be written (" + IoReason.of(e) + ")");
    }
  }
}
