package d2s.cli.options;

import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Dendrite's database, and the server it belongs to. */
public final class DendriteOptions {

  @Option(
      names = "--dendrite-db",
      paramLabel = "CONNECTION",
      description = {
        "Dendrite's database: \"host=... dbname=...\", postgresql://... or jdbc:postgresql:...;"
            + " an SQLite file, or a folder with its SQLite files. Can be given several times, for"
            + " components with databases of their own.",
        "Default: what --dendrite-config says."
      })
  List<String> databases = List.of();

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
