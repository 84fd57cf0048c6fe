package d2s.cli.options;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Synapse's database. */
public final class SynapseOptions {

  @Option(
      names = "--synapse-db",
      paramLabel = "CONNECTION",
      description = {
        "Synapse's database, freshly initialised, in the same forms.",
        "Default: what --synapse-config says."
      })
  String database;

  @Mixin SynapseConfigOption config;

  /** Synapse's configuration files, for whoever reads more of them. */
  public List<Path> configurations() {
    return config.files;
  }
}
