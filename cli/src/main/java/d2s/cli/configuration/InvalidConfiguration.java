package d2s.cli.configuration;

/**
 * A configuration file that cannot be used. The message names the file and the key and never quotes
 * a line, since any line may hold a secret.
 */
public final class InvalidConfiguration extends Exception {

  public InvalidConfiguration(String message) {
    super(message);
  }
}
