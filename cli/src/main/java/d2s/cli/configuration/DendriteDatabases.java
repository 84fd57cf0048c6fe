package d2s.cli.configuration;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where {@code dendrite.yaml} says that the components have their tables. A component without a
 * database of its own uses the global one, and not every component has to be in the file
 * (setup/config in Dendrite's source).
 *
 * @param path the file
 * @param components connection strings by the name of the component: PostgreSQL, or {@code
 *     file:name.db} relative to the folder in which Dendrite runs
 * @param global the connection string of all other components
 */
public record DendriteDatabases(
    Path path, Map<String, String> components, Optional<String> global) {

  /** The keys of the components that can have a database of their own. */
  private static final Map<String, String> KEYS = keys();

  private static Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String component :
        new String[] {
          "room_server",
          "sync_api",
          "media_api",
          "federation_api",
          "key_server",
          "mscs",
          "relay_api"
        }) {
      keys.put(component, component + ".database.connection_string");
    }
    keys.put("user_api", "user_api.account_database.connection_string");
    return keys;
  }

  /** The key of a component's connection string. */
  public static String key(String component) {
    return KEYS.get(component);
  }

  static DendriteDatabases of(ConfigurationFile file) throws InvalidConfigurationException {
    Map<String, String> components = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : KEYS.entrySet()) {
      Optional<String> text = file.finishedText(entry.getValue());
      if (text.isPresent()) {
        components.put(entry.getKey(), text.get());
      }
    }
    return new DendriteDatabases(
        file.path(), components, file.finishedText("global.database.connection_string"));
  }

  /** Whether the file names any database. */
  public boolean isEmpty() {
    return components.isEmpty() && global.isEmpty();
  }

  /** The connection string that a component uses. */
  public Optional<String> of(String component) {
    return Optional.ofNullable(components.get(component)).or(() -> global);
  }
}
