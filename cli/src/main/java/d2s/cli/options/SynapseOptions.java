package d2s.cli.options;

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
}
