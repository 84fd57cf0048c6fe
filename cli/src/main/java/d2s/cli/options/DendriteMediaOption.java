package d2s.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Dendrite's folder for media files. */
public final class DendriteMediaOption {

  @Option(
      names = "--dendrite-media-path",
      paramLabel = "DIR",
      description = {
        "Dendrite's media_api.base_path on this machine.",
        "Default: what --dendrite-config says, if it is a directory here."
      })
  Path folder;

  public Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }
}
