package d2s.cli.options;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Dendrite's database, and the server it belongs to. */
public final class DendriteOptions {

  @Option(
      names = "--dendrite-db",
      paramLabel = "CONNECTION",
      description = {
        "Dendrite's database: \"host=... dbname=...\", postgresql://... or jdbc:postgresql:...",
        "Default: what --dendrite-config says."
      })
  String database;

  @Mixin DendriteConfigOption config;

  @Option(
      names = "--server-name",
      paramLabel = "NAME",
      description = {
        "The name in all user IDs, e.g. example.org.",
        "Default: what the configuration files say."
      })
  String serverName;
}
