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
public final class ConfigCommand extends Command {

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

  public ConfigCommand(Context context) {
    super(context);
  }

  @Override
  protected String name() {
    return "config";
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    HomeserverYamlBuilder.Result result = translate();
    HomeserverSettings translation = result.translation();
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

  private HomeserverYamlBuilder.Result translate() throws CommandFailedException {
    Path key = synapseKey;
    if (key == null) {
      key =
          output == null
              ? Path.of("signing.key")
              : output.toAbsolutePath().resolveSibling("signing.key");
    }
    try {
      return HomeserverYamlBuilder.translate(dendriteConfiguration, key, synapseMediaPath);
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
