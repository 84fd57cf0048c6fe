package d2s.cli.options;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Synapse's configuration files. */
public final class SynapseConfigOption {

  @Option(
      names = "--synapse-config",
      paramLabel = "FILE",
      description = {
        "homeserver.yaml, or a directory of such files: its database, server name and media folder.",
        "Can be given several times; a later file wins."
      })
  List<Path> files = List.of();
}
