package d2s.cli.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads {@code dendrite.yaml}, version 2. */
public final class DendriteConfiguration {

  private DendriteConfiguration() {}

  /**
   * What the file says.
   *
   * @param server without a database: there may be several
   */
  public record Read(ServerConfiguration server, DendriteDatabases databases) {}

  /**
   * @param variables the environment, from which placeholders are replaced
   */
  public static Read read(Path path, Map<String, String> variables)
      throws InvalidConfigurationException {
    ConfigurationFile file = ConfigurationFile.read(path).replacing(variables);
    if (file.has("server_name") && !file.has("global")) {
      throw new InvalidConfigurationException(
          path
              + " looks like Synapse's homeserver.yaml, not like Dendrite's dendrite.yaml; are"
              + " --dendrite-config and --synapse-config swapped?");
    }
    return new Read(
        new ServerConfiguration(
            path.toString(),
            file.finishedText("global.server_name"),
            Optional.empty(),
            file.text("media_api.base_path")),
        DendriteDatabases.of(file));
  }
}
