package d2s.cli;

import d2s.cli.configuration.InvalidConfiguration;
import d2s.cli.configuration.SettingsFromDendrite;
import d2s.cli.configuration.Translation;
import d2s.cli.output.ResultDocument;
import d2s.cli.signing.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import picocli.CommandLine;
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
final class ConfigCommand extends Command {

  @Option(
      names = "--dendrite-config",
      paramLabel = "FILE",
      required = true,
      description = "dendrite.yaml, version 2.")
  private Path dendriteConfiguration;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = {
        "The new file. Nothing is ever overwritten.",
        "Default: standard output, without secrets."
      })
  private Path output;

  @Option(
      names = "--synapse-key",
      paramLabel = "FILE",
      description = {
        "Synapse's signing key file, as \"d2s keys\" writes it.",
        "Default: signing.key beside --output, or in this directory."
      })
  private Path synapseKey;

  @Option(
      names = "--synapse-media-path",
      paramLabel = "DIR",
      description = {
        "Synapse's folder for media files.",
        "Default: /var/lib/matrix-synapse/media."
      })
  private String synapseMediaPath = "/var/lib/matrix-synapse/media";

  ConfigCommand(Context context) {
    super(context);
  }

  @Override
  String name() {
    return "config";
  }

  @Override
  ExitCode execute(Console console, ResultDocument document, Interruption interruption)
      throws Exception {
    SettingsFromDendrite.Result result = translate();
    Translation translation = result.translation();
    if (output == null) {
      console.say(translation.publicText().stripTrailing());
    } else {
      write(translation.text());
      console.say(
          "Wrote "
              + output
              + " with "
              + translation.settings().size()
              + " settings, readable for its owner only.");
      console.say("");
      console.say("Not taken over from " + dendriteConfiguration + ":");
      translation.leftOut().forEach((key, reason) -> console.say("- " + key + ": " + reason));
      console.say("");
      console.say(
          "Next: fill in what is marked FILL IN, make the signing key file with \"d2s keys\", and let"
              + " Synapse's user own both.");
    }
    result.notes().forEach(console::note);
    document.put("file", output == null ? null : output.toString());
    document.put("settings", translation.settings());
    document.put("secrets", translation.secrets());
    document.put("left_out", translation.leftOut());
    if (output == null) {
      document.put("text", translation.publicText());
    }
    return ExitCode.DONE;
  }

  private SettingsFromDendrite.Result translate() throws CommandFailure {
    Path key = synapseKey;
    if (key == null) {
      key =
          output == null
              ? Path.of("signing.key")
              : output.toAbsolutePath().resolveSibling("signing.key");
    }
    try {
      return SettingsFromDendrite.translate(dendriteConfiguration, key, synapseMediaPath);
    } catch (InvalidConfiguration e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage());
    }
  }

  private void write(String text) throws CommandFailure {
    try {
      PrivateFile.create(output, text);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          ExitCode.USAGE, "--output: " + output + " exists; it is not overwritten");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--output: "
              + output
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + "); is its directory there, and may this user write in it?");
    }
  }
}
