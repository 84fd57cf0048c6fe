package d2s.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Synapse's folder for media files. */
public final class SynapseMediaOption {

  @Option(
      names = "--synapse-media-path",
      paramLabel = "DIR",
      description = {
        "Synapse's media_store_path on this machine.",
        "Default: what --synapse-config says, if it can be here."
      })
  Path folder;

  public Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }
}
