package d2s.cli.command;

import d2s.cli.configuration.DendriteSigningKeys;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.connection.IoReason;
import d2s.cli.framework.Command;
import d2s.cli.framework.CommandFailedException;
import d2s.cli.framework.Console;
import d2s.cli.framework.Context;
import d2s.cli.framework.ExitCode;
import d2s.cli.framework.InterruptHandler;
import d2s.cli.options.DendriteConfigOption;
import d2s.cli.options.SigningKeyOption;
import d2s.cli.output.ResultDocument;
import d2s.cli.signing.InvalidSigningKeyException;
import d2s.cli.signing.PrivateFile;
import d2s.cli.signing.PublishedKeys;
import d2s.cli.signing.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code d2s keys}. */
@CommandLine.Command(
    name = "keys",
    description = {
      "Turn Dendrite's signing key into Synapse's signing key file.",
      "",
      "Other servers know a homeserver by this key: Synapse must sign with it, under the same name."
          + " Keys that Dendrite used before become the setting old_signing_keys of homeserver.yaml,"
          + " which is printed; without them nobody can verify old events. Of keys only the public"
          + " halves are ever printed.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  d2s keys --dendrite-config dendrite.yaml --synapse-key /etc/matrix-synapse/signing.key",
      "  d2s keys --dendrite-key matrix_key.pem --synapse-key signing.key",
      "  d2s keys --dendrite-config dendrite.yaml --server http://localhost:8008"
    })
public final class KeysCommand extends Command {

  @Option(
      names = "--dendrite-key",
      paramLabel = "FILE",
      description = {
        "matrix_key.pem.",
        "Default: what global.private_key of --dendrite-config says."
      })
  private Path dendriteKey;

  @Mixin private DendriteConfigOption dendriteConfig;
  @Mixin private SigningKeyOption signingKeyOption;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = {
        "The running homeserver, Dendrite before the migration or Synapse after it, e.g."
            + " https://matrix.example.org. It is asked first what keys it publishes; if they are"
            + " others, nothing is written."
      })
  private String serverText;

  private URI server;

  private Path dendriteConfiguration;
  private Path synapseKey;

  public KeysCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode execute(
      Console console, ResultDocument document, InterruptHandler interruption) throws Exception {
    dendriteConfiguration = dendriteConfig.file().orElse(null);
    synapseKey = signingKeyOption.file().orElse(Path.of("signing.key"));
    DendriteSigningKeys keys = read();
    SigningKey key =
        keys.current()
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        ExitCode.USAGE,
                        "which signing key? Give --dendrite-key matrix_key.pem, or"
                            + " --dendrite-config dendrite.yaml, which says it"));
    keys.notes().forEach(console::warn);
    server = serverText == null ? null : address();
    if (server != null) {
      compareWithServer(key, keys, console);
    }
    boolean written = write(key);
    if (!written && isReadableForOthers()) {
      console.warn("other users can read " + synapseKey + ": chmod 600 " + synapseKey);
    }
    SigningKey there = readBack();
    if (!there.isSameAs(key)) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          synapseKey + " does not hold what was written to it; remove it and run again");
    }
    console.print(
        (written ? "Wrote " : "Already there: ")
            + synapseKey
            + ", from "
            + keys.file().get()
            + ".");
    console.print("");
    console.print("  Dendrite publishes      " + key.keyId() + "  " + key.publicKey());
    console.print("  Synapse will publish    " + there.keyId() + "  " + there.publicKey());
    console.print("");
    console.print(
        server == null
            ? "That is what https://SERVER/_matrix/key/v2/server must show, before and after, below"
                + " verify_keys."
            : "That is what " + server + " publishes now" + withOldKeys(keys) + ".");
    console.print("For homeserver.yaml:");
    console.print("");
    console.print(
        "signing_key_path: " + scalar(synapseKey.toAbsolutePath().normalize().toString()));
    if (!keys.old().isEmpty()) {
      console.printText(yaml(Map.of("old_signing_keys", keys.oldSigningKeys())).stripTrailing());
    }
    document.put("file", synapseKey.toString());
    document.put("written", written);
    document.put("key_id", key.keyId());
    document.put("public_key", key.publicKey());
    document.put("old_signing_keys", keys.oldSigningKeys());
    if (server != null) {
      document.put("published_by", server.toString());
    }
    return ExitCode.DONE;
  }

  private DendriteSigningKeys read() throws CommandFailedException {
    try {
      return DendriteSigningKeys.read(
          dendriteKey, dendriteConfiguration, context().surroundings().variables());
    } catch (InvalidConfigurationException e) {
      throw new CommandFailedException(ExitCode.USAGE, e.getMessage());
    }
  }

  private URI address() throws CommandFailedException {
    try {
      URI address = new URI(serverText);
      if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Said below: what is expected is easier to understand than what is wrong.
    }
    throw new CommandFailedException(
        ExitCode.USAGE,
        "--server: "
            + serverText
            + " must begin with https:// or http:// and a name of a host, for example"
            + " http://localhost:8008");
  }

  private void compareWithServer(SigningKey key, DendriteSigningKeys keys, Console console)
      throws CommandFailedException, InterruptedException {
    PublishedKeys published;
    try {
      published = PublishedKeys.ask(server);
    } catch (IOException e) {
      throw new CommandFailedException(ExitCode.REFUSED, "--server: " + e.getMessage());
    }
    List<String> reasons = new ArrayList<>();
    for (String difference :
        published.differences(key, dendriteConfiguration == null ? null : keys.old())) {
      reasons.add(server + " (" + published.serverName() + ") has other keys: " + difference);
    }
    if (!reasons.isEmpty()) {
      throw new CommandFailedException(ExitCode.REFUSED, reasons, null);
    }
    if (dendriteConfiguration == null && !published.old().isEmpty()) {
      console.warn(
          server
              + " publishes old keys too: "
              + String.join(", ", published.old().keySet())
              + "; give --dendrite-config, so that they become old_signing_keys");
    }
  }

  private static String withOldKeys(DendriteSigningKeys keys) {
    return keys.old().isEmpty() ? "" : ", with the old keys";
  }

  /**
   * @return false if the file is there and holds this very key
   */
  private boolean write(SigningKey key) throws CommandFailedException {
    try {
      PrivateFile.create(synapseKey, key.synapseLine() + "\n");
      return true;
    } catch (FileAlreadyExistsException e) {
      if (holds(key)) {
        return false;
      }
      throw new CommandFailedException(
          ExitCode.USAGE,
          "--synapse-key: "
              + synapseKey
              + " exists and holds something else; it is not overwritten. If it is the key that was"
              + " made with a new Synapse, move it away");
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.USAGE,
          "--synapse-key: " + synapseKey + " cannot be written (" + IoReason.of(e) + ")");
    }
  }

  private boolean holds(SigningKey key) {
    try {
      return Files.isRegularFile(synapseKey) && readBack().isSameAs(key);
    } catch (CommandFailedException e) {
      return false;
    }
  }

  private boolean isReadableForOthers() throws IOException {
    return Files.getPosixFilePermissions(synapseKey).stream()
        .anyMatch(permission -> !permission.name().startsWith("OWNER"));
  }

  private SigningKey readBack() throws CommandFailedException {
    try {
      return SigningKey.fromSynapse(Files.readString(synapseKey));
    } catch (IOException | InvalidSigningKeyException e) {
      throw new CommandFailedException(
          ExitCode.FAILED, synapseKey + " cannot be read back; remove it and run again");
    }
  }

  private static String scalar(String text) {
    return new Yaml().dump(text).strip();
  }

  private static String yaml(Map<String, Object> settings) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(options).dump(settings);
  }
}
