package d2s.cli.configuration;

import d2s.cli.connection.IoReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A YAML file with an object at the top, addressed by dotted keys such as {@code global.database}.
 */
public record ConfigurationFile(Path path, Map<?, ?> content) {

  public static ConfigurationFile read(Path path) throws InvalidConfigurationException {
    if (Files.isDirectory(path)) {
      throw new InvalidConfigurationException(path + " is a folder; name the file in it");
    }
    try {
      String text = Files.readString(path);
      Object content =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(text.replace("\uFEFF", ""));
      if (content == null) {
        return new ConfigurationFile(path, Map.of());
      }
      if (content instanceof Map<?, ?> map) {
        return new ConfigurationFile(path, map);
      }
      throw new InvalidConfigurationException(
          path + " has no keys at the top; is it the right file?");
    } catch (NoSuchFileException e) {
      throw new InvalidConfigurationException("there is no file " + path);
    } catch (CharacterCodingException e) {
      throw new InvalidConfigurationException(path + " is no text in UTF-8; is it the right file?");
    } catch (IOException e) {
      throw new InvalidConfigurationException(path + " cannot be read (" + IoReason.of(e) + ")");
    } catch (MarkedYAMLException e) {
      // The exception's own message quotes the line.
      throw new InvalidConfigurationException(
          path
              + ":"
              + (e.getProblemMark().getLine() + 1)
              + ":"
              + (e.getProblemMark().getColumn() + 1)
              + ": this is not valid YAML");
    } catch (YAMLException e) {
      throw new InvalidConfigurationException(
          path + " is not valid YAML: it has characters that no text has; is it the right file?");
    }
  }

  /** The same file with every placeholder replaced that the environment knows. */
  public ConfigurationFile replacing(Map<String, String> variables) {
    return new ConfigurationFile(
        path, (Map<?, ?>) EnvironmentVariables.replace(content, variables));
  }

  /** The text, number or boolean at a key as text; empty when it is absent, null or empty. */
  public Optional<String> text(String dottedKey) throws InvalidConfigurationException {
    Object value = find(dottedKey);
    if (value == null || value.equals("")) {
      return Optional.empty();
    }
    if (value instanceof Map || value instanceof Iterable) {
      throw new InvalidConfigurationException(path + ": " + dottedKey + " must be a text");
    }
    return Optional.of(value.toString());
  }

  /**
   * Like {@link #text}, of a file that a service may still have to finish.
   *
   * @throws InvalidConfigurationException also if a placeholder is left in it
   */
  Optional<String> finishedText(String dottedKey) throws InvalidConfigurationException {
    Optional<String> text = text(dottedKey);
    Optional<String> placeholder = text.flatMap(EnvironmentVariables::first);
    if (placeholder.isPresent()) {
      throw new InvalidConfigurationException(
          path + ": " + dottedKey + " " + EnvironmentVariables.advice(placeholder.get()));
    }
    return text;
  }

  /** The object at a key, empty when it is absent or null. */
  Optional<Map<?, ?>> object(String dottedKey) throws InvalidConfigurationException {
    Object value = find(dottedKey);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Map<?, ?> map) {
      return Optional.of(map);
    }
    throw new InvalidConfigurationException(path + ": " + dottedKey + " must have keys below it");
  }

  /** The list at a key, empty when it is absent or null. */
  public List<?> list(String dottedKey) throws InvalidConfigurationException {
    Object value = find(dottedKey);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new InvalidConfigurationException(path + ": " + dottedKey + " must be a list");
  }

  /** Whether there is anything at a key but null. */
  public boolean has(String dottedKey) {
    return find(dottedKey) != null;
  }

  private Object find(String dottedKey) {
    Object value = content;
    for (String key : dottedKey.split("\\.")) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }
}
