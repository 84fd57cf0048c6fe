package d2s.cli.migration;

import d2s.cli.configuration.ConfigurationFile;
import d2s.cli.configuration.DendriteSigningKeys;
import d2s.cli.configuration.HomeserverConfiguration;
import d2s.cli.configuration.InvalidConfigurationException;
import d2s.cli.connection.ConnectionParameter;
import d2s.cli.options.DatabaseOptions;
import d2s.cli.signing.InvalidSigningKeyException;
import d2s.cli.signing.SigningKey;
import d2s.engine.result.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code homeserver.yaml} would do to a migrated server: serve another database or other files
 * than those that are loaded, sign with another key, keep everybody out, or delete what is old.
 */
final class SynapseSettings {

  private static final String DATABASE = "synapse-other-database";
  private static final String MEDIA = "synapse-other-media";
  private static final String KEY = "synapse-signing-key";
  private static final String LOGIN = "synapse-password-login";
  private static final String DELETES = "synapse-deletes-data";

  /** Each can log people in without a password of Synapse. */
  private static final List<String> OTHER_LOGINS =
      List.of(
          "matrix_authentication_service",
          "experimental_features.msc3861",
          "oidc_providers",
          "oidc_config",
          "cas_config",
          "saml2_config",
          "jwt_config",
          "password_providers",
          "modules");

  private SynapseSettings() {}

  /**
   * @param media the folder that the files go to; empty if they are not carried over
   * @return nothing if no file is given
   */
  static List<CheckResult> check(DatabaseOptions.Resolved databases, Optional<Path> media)
      throws InvalidConfigurationException {
    if (databases.synapseFiles().isEmpty()) {
      return List.of();
    }
    ConfigurationFile file = HomeserverConfiguration.merge(databases.synapseFiles());
    List<CheckResult> results = new ArrayList<>();
    database(file, databases).ifPresent(results::add);
    media(file, databases.synapseMedia(), media).ifPresent(results::add);
    results.add(signingKey(file, databases.dendriteFile()));
    results.add(passwordLogin(file));
    results.add(deletes(file));
    return results;
  }

  private static Optional<CheckResult> database(
      ConfigurationFile file, DatabaseOptions.Resolved databases)
      throws InvalidConfigurationException {
    Optional<String> configured =
        HomeserverConfiguration.read(databases.synapseFiles())
            .database()
            .map(parameters -> parameters.get(ConnectionParameter.DATABASE));
    if (configured.isEmpty() || databases.synapse().isEmpty()) {
      return Optional.empty();
    }
    // Hosts and ports can have several names, a database has one.
    String loaded = databases.synapse().get().database();
    return Optional.of(
        loaded.equals(configured.get())
            ? CheckResult.ok(DATABASE, "Synapse will serve the database that is loaded.")
            : CheckResult.error(
                DATABASE,
                "--synapse-db names the database "
                    + loaded
                    + ", and "
                    + file.path()
                    + " the database "
                    + configured.get()
                    + ".",
                List.of(),
                "Synapse would start on another database than the one that is loaded: your users"
                    + " would be logged out and lose their keys.",
                "Correct one of the two, or leave --synapse-db out. If both lead to the same database,"
                    + " leave --synapse-config out and give --server-name."));
  }

  private static Optional<CheckResult> media(
      ConfigurationFile file, Optional<String> configured, Optional<Path> target) {
    Optional<Path> folder = configured.map(Path::of).filter(Path::isAbsolute);
    // A folder that is not here is one of another machine or of a container.
    if (folder.isEmpty() || target.isEmpty() || !Files.isDirectory(folder.get())) {
      return Optional.empty();
    }
    boolean same = real(folder.get()).equals(real(target.get()));
    return Optional.of(
        same
            ? CheckResult.ok(MEDIA, "Synapse will find the media files where they go.")
            : CheckResult.warning(
                MEDIA,
                "The media files go to "
                    + target.get()
                    + ", and "
                    + file.path()
                    + " says media_store_path: "
                    + folder.get()
                    + ".",
                List.of(),
                "Synapse looks for them in the folder of its configuration only.",
                "Correct one of the two, or leave --synapse-media-path out."));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static CheckResult signingKey(ConfigurationFile file, Optional<Path> dendrite)
      throws InvalidConfigurationException {
    Optional<Path> path = file.text("signing_key_path").map(Path::of);
    String cure =
        "Make the file from Dendrite's key: d2s keys --dendrite-config dendrite.yaml --synapse-key "
            + path.map(Path::toString).orElse("signing.key");
    if (path.filter(Path::isAbsolute).isPresent() && Files.notExists(path.get())) {
      return CheckResult.warning(
          KEY,
          "The file that signing_key_path of " + file.path() + " names is not here.",
          List.of(path.get().toString()),
          "Synapse would make a new key, and other servers would not know this server any more.",
          cure);
    }
    Optional<SigningKey> ours = keyOfSynapse(file, path);
    Optional<SigningKey> theirs = keyOfDendrite(dendrite);
    if (ours.isPresent() && theirs.isPresent() && !ours.get().isSameAs(theirs.get())) {
      return CheckResult.error(
          KEY,
          "The signing key of "
              + file.path()
              + ", "
              + ours.get().keyId()
              + ", is not Dendrite's, "
              + theirs.get().keyId()
              + ".",
          List.of(),
          "Other servers know this server by Dendrite's key, and would reject what another signs.",
          "Move the file of the other key away. " + cure);
    }
    return CheckResult.ok(
        KEY,
        ours.isPresent() && theirs.isPresent()
            ? "Synapse signs with Dendrite's key."
            : "Nothing is wrong with the signing key, as far as can be seen.");
  }

  /** What cannot be read here says nothing; {@code d2s keys} tells why. */
  private static Optional<SigningKey> keyOfSynapse(ConfigurationFile file, Optional<Path> path)
      throws InvalidConfigurationException {
    try {
      Optional<String> inFile = file.text("signing_key");
      if (inFile.isPresent()) {
        return Optional.of(SigningKey.fromSynapse(inFile.get()));
      }
      return path.isPresent() && Files.isReadable(path.get())
          ? Optional.of(SigningKey.fromSynapse(Files.readString(path.get())))
          : Optional.empty();
    } catch (IOException | InvalidSigningKeyException e) {
      return Optional.empty();
    }
  }

  private static Optional<SigningKey> keyOfDendrite(Optional<Path> configuration) {
    try {
      return configuration.isPresent()
          ? DendriteSigningKeys.read(null, configuration.get(), Map.of()).current()
          : Optional.empty();
    } catch (InvalidConfigurationException e) {
      return Optional.empty();
    }
  }

  private static CheckResult passwordLogin(ConfigurationFile file)
      throws InvalidConfigurationException {
    boolean off =
        Stream.of("password_config.enabled", "password_config.localdb_enabled")
            .anyMatch(key -> isFalse(file, key));
    if (!off || OTHER_LOGINS.stream().anyMatch(file::has)) {
      return CheckResult.ok(LOGIN, "People can log in.");
    }
    return CheckResult.warning(
        LOGIN,
        file.path() + " turns the login with a password off and names no other.",
        List.of(),
        "Whoever is logged in stays so, but nobody could log in on a new device.",
        "Remove password_config.enabled: false, or set up single sign-on.");
  }

  private static boolean isFalse(ConfigurationFile file, String key) {
    try {
      return file.text(key).filter(text -> text.equalsIgnoreCase("false")).isPresent();
    } catch (InvalidConfigurationException e) {
      return false;
    }
  }

  private static CheckResult deletes(ConfigurationFile file) {
    List<String> rows = new ArrayList<>();
    if (file.has("media_retention.local_media_lifetime")) {
      rows.add("media_retention.local_media_lifetime: uploads of your users");
    }
    if (file.has("delete_stale_devices_after")) {
      rows.add("delete_stale_devices_after: devices, with their keys");
    }
    if (file.has("retention") && !isFalse(file, "retention.enabled")) {
      rows.add("retention: messages");
    }
    return rows.isEmpty()
        ? CheckResult.ok(DELETES, "Synapse will delete nothing because it is old.")
        : CheckResult.warning(
            DELETES,
            file.path() + " lets Synapse delete what is old.",
            rows,
            "Everything comes from before the migration. Soon after its first start Synapse deletes"
                + " all that is older than the setting, for ever.",
            "Look whether that is meant. If not, remove the setting; it can be added later.");
  }
}
