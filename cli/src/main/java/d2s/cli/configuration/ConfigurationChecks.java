package d2s.cli.configuration;

import d2s.engine.result.CheckResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the two servers' configuration files are looked at for before a migration. */
public final class ConfigurationChecks {

  private static final String PLACEHOLDER = "FILL IN";

  private ConfigurationChecks() {}

  /** Looks at {@code dendrite.yaml}. */
  public static List<CheckResult> dendrite(Path path) throws InvalidConfigurationException {
    ConfigurationFile file = ConfigurationFile.read(path);
    List<CheckResult> results = new ArrayList<>();
    String version = file.text("version").orElse("2");
    results.add(
        version.equals("2")
            ? CheckResult.ok("dendrite-config-version", path + " has the version 2.")
            : CheckResult.error(
                "dendrite-config-version",
                path + " has the version " + version + "; d2s reads version 2.",
                List.of(),
                "Another version has other keys, and d2s would read the wrong ones.",
                "Give the file that the running Dendrite 0.13.7 or later uses. It has version 2."));
    results.add(
        files(
            "dendrite-appservice-files",
            "app_service_api.config_files of " + path,
            file.list("app_service_api.config_files"),
            path.toAbsolutePath().getParent(),
            "A bridge whose registration Synapse does not have stops working.",
            "Correct app_service_config_files in homeserver.yaml, or copy the files here."));
    return results;
  }

  /** Looks at {@code homeserver.yaml}, of one file or several. */
  public static List<CheckResult> homeserver(List<Path> paths)
      throws InvalidConfigurationException {
    ConfigurationFile file = HomeserverConfiguration.merge(paths);
    String name = file.path().toString();
    List<CheckResult> results = new ArrayList<>();
    results.add(
        file.text("password_config.pepper").isEmpty()
            ? CheckResult.ok("synapse-pepper", "password_config.pepper is not set.")
            : CheckResult.error(
                "synapse-pepper",
                name + " sets password_config.pepper.",
                List.of(),
                "Dendrite's password hashes have none: nobody could log in.",
                "Remove password_config.pepper."));
    List<String> left = new ArrayList<>();
    collectPlaceholders("", file.content(), left);
    results.add(
        left.isEmpty()
            ? CheckResult.ok("synapse-fill-in", "Nothing is left to fill in.")
            : CheckResult.error(
                "synapse-fill-in",
                name + " still says " + PLACEHOLDER + ".",
                left,
                "Synapse would take these words for the value.",
                "Write the right value in their place."));
    results.add(
        file.text("server_name").isPresent()
            ? CheckResult.ok("synapse-server-name", "Synapse knows its server name.")
            : CheckResult.error(
                "synapse-server-name",
                name + " has no server_name.",
                List.of(),
                "Synapse would not start.",
                "Add server_name, the same as global.server_name of dendrite.yaml."));
    boolean secret =
        file.text("macaroon_secret_key").isPresent()
            || file.text("macaroon_secret_key_path").isPresent();
    results.add(
        secret
            ? CheckResult.ok("synapse-macaroon-secret", "Synapse has a secret of its own.")
            : CheckResult.warning(
                "synapse-macaroon-secret",
                name + " has no macaroon_secret_key.",
                List.of(),
                "Synapse then derives it from its signing key. Links and tokens that it signs are"
                    + " lost when the key changes.",
                "Add macaroon_secret_key with a long random text, for example from openssl rand"
                    + " -hex 32."));
    results.add(
        files(
            "synapse-appservice-files",
            "app_service_config_files of " + name,
            file.list("app_service_config_files"),
            null,
            "Synapse does not start without them.",
            "Correct the paths, or copy the files there."));
    return results;
  }

  /**
   * @param folder that relative paths begin in; null where nobody knows it
   */
  private static CheckResult files(
      String id, String setting, List<?> named, Path folder, String cause, String cure) {
    List<String> missing = new ArrayList<>();
    for (Object entry : named) {
      Path path = Path.of(String.valueOf(entry));
      if (!path.isAbsolute() && folder == null) {
        continue;
      }
      Path file = folder == null ? path : folder.resolve(path);
      if (!Files.exists(file) && !Files.exists(path)) {
        missing.add(file.toString());
      }
    }
    return missing.isEmpty()
        ? CheckResult.ok(id, "Every file that " + setting + " names is here.")
        : CheckResult.warning(
            id, "Files that " + setting + " names are not here.", missing, cause, cure);
  }

  private static void collectPlaceholders(String prefix, Map<?, ?> content, List<String> found) {
    content.forEach((key, value) -> collect(prefix + key, value, found));
  }

  private static void collect(String key, Object value, List<String> found) {
    if (value instanceof Map<?, ?> below) {
      collectPlaceholders(key + ".", below, found);
    } else if (value instanceof List<?> list) {
      list.forEach(entry -> collect(key, entry, found));
    } else if (value instanceof String text && text.contains(PLACEHOLDER)) {
      found.add(key);
    }
  }
}
