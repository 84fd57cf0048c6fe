package d2s.cli.configuration;

import d2s.cli.connection.ConnectionParameter;
import d2s.cli.connection.ConnectionString;
import d2s.cli.connection.InvalidConnectionStringException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads Synapse's {@code homeserver.yaml}. Like Synapse it takes several files and directories of
 * {@code .yaml} files; a key at the top of a later file replaces that of an earlier one.
 */
public final class HomeserverConfiguration {

  private HomeserverConfiguration() {}

  /**
   * @param paths at least one
   */
  public static ServerConfiguration read(List<Path> paths) throws InvalidConfigurationException {
    ConfigurationFile file = merge(paths);
    if (file.has("global.server_name") || file.has("global.private_key")) {
      throw new InvalidConfigurationException(
          file.path()
              + " looks like Dendrite's dendrite.yaml, not like Synapse's homeserver.yaml; are"
              + " --dendrite-config and --synapse-config swapped?");
    }
    return new ServerConfiguration(
        file.path().toString(),
        file.text("server_name"),
        database(file),
        file.text("media_store_path"));
  }

  /** All files as one, whose path is their names. */
  public static ConfigurationFile merge(List<Path> paths) throws InvalidConfigurationException {
    Map<Object, Object> merged = new LinkedHashMap<>();
    for (Path path : files(paths)) {
      merged.putAll(ConfigurationFile.read(path).content());
    }
    String origin = paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    return new ConfigurationFile(Path.of(origin), merged);
  }

  private static List<Path> files(List<Path> paths) throws InvalidConfigurationException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> entries = Files.list(path)) {
        entries.filter(entry -> entry.toString().endsWith(".yaml")).sorted().forEach(files::add);
      } catch (IOException e) {
        throw new InvalidConfigurationException("the directory " + path + " cannot be read");
      }
    }
    return files;
  }

  private static Optional<Map<ConnectionParameter, String>> database(ConfigurationFile file)
      throws InvalidConfigurationException {
    Map<?, ?> databases = file.object("databases").orElse(Map.of());
    if (databases.size() > 1) {
      throw new InvalidConfigurationException(
          file.path()
              + ": databases names several databases; the migration fills one: name it with"
              + " --synapse-db");
    }
    String key =
        databases.isEmpty() ? "database" : "databases." + databases.keySet().iterator().next();
    Optional<String> driver = file.text(key + ".name");
    if (file.object(key).isEmpty()) {
      return Optional.empty();
    }
    if (driver.isPresent() && !driver.get().equals("psycopg2")) {
      throw new InvalidConfigurationException(
          file.path()
              + ": "
              + key
              + ".name is "
              + driver.get()
              + ". Synapse must be set up with PostgreSQL before the migration: make a database for"
              + " it, write name: psycopg2 and its args here, and let Synapse make its tables");
    }
    Map<ConnectionParameter, String> parameters = new EnumMap<>(ConnectionParameter.class);
    for (Map.Entry<?, ?> argument : file.object(key + ".args").orElse(Map.of()).entrySet()) {
      add(file, key, argument.getKey().toString(), argument.getValue(), parameters);
    }
    return Optional.of(parameters);
  }

  private static void add(
      ConfigurationFile file,
      String key,
      String name,
      Object value,
      Map<ConnectionParameter, String> parameters)
      throws InvalidConfigurationException {
    // cp_min and the like tune Synapse's own pool of connections.
    if (value == null || name.startsWith("cp_")) {
      return;
    }
    try {
      if (name.equals("dsn")) {
        ConnectionString.parse(value.toString()).forEach(parameters::putIfAbsent);
      } else {
        // psycopg2 takes "database" for libpq's "dbname".
        parameters.put(
            ConnectionParameter.named(name.equals("database") ? "dbname" : name), value.toString());
      }
    } catch (InvalidConnectionStringException e) {
      throw new InvalidConfigurationException(
          file.path() + ": " + key + ".args." + name + ": " + e.getMessage());
    }
  }
}
