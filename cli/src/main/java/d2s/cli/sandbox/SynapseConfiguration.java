package d2s.cli.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The text of a {@code homeserver.yaml} with what every Synapse of this project has in common: it
 * listens to nobody, asks no other server for keys and reports no statistics.
 */
public final class SynapseConfiguration {
  /** The file name that {@link #write} uses. */
  public static final String FILE_NAME = "homeserver.yaml";

  private static final String KEY_FILE_NAME = "signing.key";

  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final String signingKeyLine;

  private SynapseConfiguration(String serverName, SynapseDatabase database, String signingKeyLine) {
    this.signingKeyLine = signingKeyLine;
    settings.put("server_name", serverName);
    settings.put("listeners", List.of());
    settings.put("report_stats", false);
    settings.put("trusted_key_servers", List.of());
    settings.put("suppress_key_server_warning", true);
    settings.put(
        "database",
        Map.of(
            "name",
            "psycopg2",
            "args",
            Map.of(
                "host", database.host(),
                "port", database.port(),
                "dbname", database.name(),
                "user", database.user(),
                "password", database.password())));
  }

  /**
   * For a Synapse that only makes its tables. Synapse wants a signing key even for that; this one
   * is random and signs nothing.
   */
  public static SynapseConfiguration forInitialisation(
      String serverName, SynapseDatabase database) {
    byte[] seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    String key = Base64.getEncoder().withoutPadding().encodeToString(seed);
    return new SynapseConfiguration(serverName, database, "ed25519 unused " + key);
  }

  /**
   * For a Synapse that serves.
   *
   * @param signingKeyLine the content of Synapse's key file: {@code ed25519 <version> <unpadded
   *     base64 seed>}
   */
  public static SynapseConfiguration forService(
      String serverName, SynapseDatabase database, String signingKeyLine) {
    return new SynapseConfiguration(serverName, database, signingKeyLine);
  }

  /** Adds or replaces one top-level setting. */
  public SynapseConfiguration with(String setting, Object value) {
    settings.put(setting, value);
    return this;
  }

  /**
   * Writes {@code homeserver.yaml} and the key file, both readable for the owner only.
   *
   * @param directory made if it is missing; the media directory is placed in it too
   * @return the written {@code homeserver.yaml}
   * @throws IOException if the directory or a file cannot be written
   */
  public Path write(Path directory) throws IOException {
    Path place = Files.createDirectories(directory.toAbsolutePath());
    Path key = place.resolve(KEY_FILE_NAME);
    writeSecret(key, signingKeyLine + "\n");
    settings.put("signing_key_path", key.toString());
    settings.putIfAbsent("media_store_path", place.resolve("media").toString());
    settings.putIfAbsent("pid_file", place.resolve("homeserver.pid").toString());
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    Path file = place.resolve(FILE_NAME);
    writeSecret(file, new Yaml(options).dump(settings));
    return file;
  }

  private static void writeSecret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
