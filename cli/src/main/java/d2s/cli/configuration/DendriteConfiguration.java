package d2s.cli.configuration;

import d2s.cli.connection.ConnectionParameter;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionStringException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code dendrite.yaml}, version 2. The database is at {@code global.database}, or at one key
 * per component, which wins over the global one (setup/config in Dendrite's source).
 */
public final class DendriteConfiguration {

  private static final String GLOBAL = "global.database.connection_string";

  private static final List<String> COMPONENTS =
      List.of(
          "room_server.database.connection_string",
          "sync_api.database.connection_string",
          "media_api.database.connection_string",
          "federation_api.database.connection_string",
          "key_server.database.connection_string",
          "user_api.account_database.connection_string",
          "mscs.database.connection_string",
          "relay_api.database.connection_string");

  private DendriteConfiguration() {}

  public static ServerConfiguration read(Path path) throws InvalidConfigurationException {
    ConfigurationFile file = ConfigurationFile.read(path);
    Map<String, Map<ConnectionParameter, String>> databases = new LinkedHashMap<>();
    for (String key : COMPONENTS) {
      Optional<String> text = file.text(key);
      if (text.isPresent()) {
        databases.put(key, parse(path, key, text.get()));
      }
    }
    Optional<String> global = file.text(GLOBAL);
    // A component without its own key uses the global one, and not every component can have one.
    if (global.isPresent()) {
      databases.put(GLOBAL, parse(path, GLOBAL, global.get()));
    }
    if (databases.values().stream().distinct().count() > 1) {
      throw new InvalidConfigurationException(
          path
              + " names different databases at "
              + String.join(", ", databases.keySet())
              + "; the migration reads one database: bring them together in one, or name the one"
              + " that holds everything with --dendrite-db");
    }
    return new ServerConfiguration(
        path.toString(),
        file.text("global.server_name"),
        databases.values().stream().findFirst(),
        file.text("media_api.base_path"));
  }

  private static Map<ConnectionParameter, String> parse(Path path, String key, String text)
      throws InvalidConfigurationException {
    try {
      return ConnectionString.parse(text);
    } catch (InvalidConnectionStringException e) {
      throw new InvalidConfigurationException(path + ": " + key + ": " + e.getMessage());
    }
  }
}
