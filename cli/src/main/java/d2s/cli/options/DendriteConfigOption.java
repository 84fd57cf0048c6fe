package d2s.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Dendrite's configuration file. */
public final class DendriteConfigOption {

  @Option(
      names = "--dendrite-config",
      paramLabel = "FILE",
      description = "dendrite.yaml, version 2: its database, server name, media folder and keys.")
  Path file;

  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }
}
