package d2s.cli.configuration;

import d2s.cli.connection.IoReason;
import d2s.cli.signing.InvalidSigningKeyException;
import d2s.cli.signing.OldSigningKey;
import d2s.cli.signing.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The signing keys of a Dendrite.
 *
 * @param current the one that it signs with; empty if nothing says where it is
 * @param file where that is
 * @param old those that it publishes as {@code old_verify_keys}
 * @param notes what people should know about them
 */
public record DendriteSigningKeys(
    Optional<SigningKey> current,
    Optional<Path> file,
    List<OldSigningKey> old,
    List<String> notes) {

  private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,18}");

  /**
   * @param keyFile matrix_key.pem; null to use what the configuration says
   * @param configuration dendrite.yaml; null if there is none
   * @param variables the environment, from which placeholders are replaced
   * @throws InvalidConfigurationException if a key cannot be read, is not where it should be, or is
   *     of no use
   */
  public static DendriteSigningKeys read(
      Path keyFile, Path configuration, Map<String, String> variables)
      throws InvalidConfigurationException {
    List<String> notes = new ArrayList<>();
    ConfigurationFile yaml =
        configuration == null ? null : ConfigurationFile.read(configuration).replacing(variables);
    Path file = keyFile;
    if (file == null && yaml != null) {
      Optional<String> named = yaml.finishedText("global.private_key");
      if (named.isPresent()) {
        file = find(configuration, named.get(), "global.private_key", "--dendrite-key");
      }
    }
    Optional<SigningKey> current = Optional.empty();
    if (file != null) {
      String text = read(file, "the signing key");
      current = Optional.of(parse(text, file.toString(), true));
      if (SigningKey.count(text) > 1) {
        notes.add(file + " holds several keys; the first is taken, as Dendrite does");
      }
    }
    List<OldSigningKey> old = yaml == null ? List.of() : old(yaml, notes);
    for (OldSigningKey key : old) {
      if (current.isPresent()
          && key.keyId().equals(current.get().keyId())
          && !key.publicKey().equals(current.get().publicKey())) {
        notes.add(
            "an old key has the name of the current one, "
                + key.keyId()
                + ", but is another; other servers can verify only one of them");
      }
    }
    return new DendriteSigningKeys(current, Optional.ofNullable(file), old, List.copyOf(notes));
  }

  /** Only the keys that sign no longer. */
  public static DendriteSigningKeys readOld(ConfigurationFile configuration)
      throws InvalidConfigurationException {
    List<String> notes = new ArrayList<>();
    List<OldSigningKey> old = old(configuration, notes);
    return new DendriteSigningKeys(Optional.empty(), Optional.empty(), old, List.copyOf(notes));
  }

  /** The keys as Synapse's setting {@code old_signing_keys}. */
  public Map<String, Object> oldSigningKeys() {
    Map<String, Object> setting = new LinkedHashMap<>();
    for (OldSigningKey key : old) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("key", key.publicKey());
      value.put("expired_ts", key.expired());
      setting.put(key.keyId(), value);
    }
    return setting;
  }

  private static List<OldSigningKey> old(ConfigurationFile yaml, List<String> notes)
      throws InvalidConfigurationException {
    List<OldSigningKey> keys = new ArrayList<>();
    List<?> entries = yaml.list("global.old_private_keys");
    for (int i = 0; i < entries.size(); i++) {
      String place = "global.old_private_keys[" + i + "]";
      if (!(entries.get(i) instanceof Map<?, ?> map)) {
        throw new InvalidConfigurationException(
            yaml.path() + ": " + place + " must have keys below it");
      }
      if (map.values().stream()
          .anyMatch(v -> v instanceof String text && Placeholders.isIn(text))) {
        notes.add(
            place
                + " has a placeholder, which another tool fills in, and is left out; add the key to"
                + " old_signing_keys of homeserver.yaml");
        continue;
      }
      OldSigningKey key = old(yaml.path(), new ConfigurationFile(yaml.path(), map), place);
      if (key.expired() == 0) {
        notes.add(place + " has no expired_at; other servers will trust no event that it signed");
      }
      Optional<OldSigningKey> twin =
          keys.stream().filter(other -> other.keyId().equals(key.keyId())).findFirst();
      if (twin.isPresent()) {
        notes.add(
            place
                + " has the name of an earlier one, "
                + key.keyId()
                + ", and is left out: a server can publish a name once");
      } else {
        keys.add(key);
      }
    }
    return List.copyOf(keys);
  }

  private static OldSigningKey old(Path yaml, ConfigurationFile entry, String place)
      throws InvalidConfigurationException {
    long expired = expired(yaml, entry, place);
    // Dendrite looks at the private key first.
    Optional<String> privateKey = entry.text("private_key");
    try {
      if (privateKey.isPresent()) {
        Path file =
            find(
                yaml,
                privateKey.get(),
                place + ".private_key",
                "an absolute path there, or public_key and key_id in its place");
        SigningKey key = parse(read(file, place + ".private_key"), file.toString(), false);
        return OldSigningKey.of(key.keyId(), key.publicKey(), expired);
      }
      Optional<String> keyId = entry.text("key_id");
      Optional<String> publicKey = entry.text("public_key");
      if (keyId.isEmpty() || publicKey.isEmpty()) {
        throw new InvalidConfigurationException(
            yaml + ": " + place + " needs either private_key or both public_key and key_id");
      }
      return OldSigningKey.of(keyId.get(), publicKey.get(), expired);
    } catch (InvalidSigningKeyException e) {
      throw new InvalidConfigurationException(yaml + ": " + place + ": " + e.getMessage());
    }
  }

  private static long expired(Path yaml, ConfigurationFile entry, String place)
      throws InvalidConfigurationException {
    String text = entry.text("expired_at").orElse("0");
    if (!MILLISECONDS.matcher(text).matches()) {
      throw new InvalidConfigurationException(
          yaml + ": " + place + ".expired_at must be a number of milliseconds since 1970");
    }
    return Long.parseLong(text);
  }

  /**
   * A file that dendrite.yaml names. Relative paths are relative to the directory in which Dendrite
   * was started (setup/config/config.go), which nobody knows any more: it is looked for beside
   * dendrite.yaml and in the working directory.
   */
  static Path find(Path yaml, String named, String key, String remedy)
      throws InvalidConfigurationException {
    Path path = Path.of(named);
    if (path.isAbsolute()) {
      return path;
    }
    Path beside = yaml.toAbsolutePath().resolveSibling(named).normalize();
    Path here = path.toAbsolutePath().normalize();
    boolean isBeside = Files.exists(beside);
    if (isBeside && Files.exists(here) && !beside.equals(here)) {
      throw new InvalidConfigurationException(
          yaml
              + ": "
              + key
              + " can be "
              + beside
              + " or "
              + here
              + ", since Dendrite means the directory in which it was started; say which with "
              + remedy);
    }
    if (!isBeside && !Files.exists(here)) {
      throw new InvalidConfigurationException(
          yaml
              + ": "
              + key
              + " is "
              + named
              + ", and there is no such file beside "
              + yaml
              + " or in this directory; Dendrite means the directory in which it was started. Give "
              + remedy);
    }
    return isBeside ? beside : here;
  }

  private static String read(Path file, String what) throws InvalidConfigurationException {
    try {
      // Latin-1 reads whatever is in the file; all that counts in it is ASCII.
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new InvalidConfigurationException("there is no file " + file + " with " + what);
    } catch (IOException e) {
      throw new InvalidConfigurationException(file + " cannot be read (" + IoReason.of(e) + ")");
    }
  }

  private static SigningKey parse(String text, String origin, boolean current)
      throws InvalidConfigurationException {
    try {
      return SigningKey.fromPem(text, current);
    } catch (InvalidSigningKeyException e) {
      throw new InvalidConfigurationException(origin + ": " + e.getMessage());
    }
  }
}
