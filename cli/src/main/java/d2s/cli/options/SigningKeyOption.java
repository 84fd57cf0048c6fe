package d2s.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Synapse's signing key file. */
public final class SigningKeyOption {

  @Option(
      names = "--synapse-key",
      paramLabel = "FILE",
      description = {
        "Synapse's signing key file: \"d2s keys\" writes it, signing_key_path of homeserver.yaml"
            + " names it.",
        "Default: signing.key, in this directory or beside the --output."
      })
  Path file;

  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }
}
