package d2s.cli.configuration;

/**
 * A configuration file that cannot be used. The message names the file and the key and never quotes
 * a line, since any line may hold a secret.
 */
public final class InvalidConfigurationException extends Exception {

  public InvalidConfigurationException(String message) {
    super(message);
  }
}
