package d2s.cli.connection;

/**
 * A connection string that cannot be read. The message says what is wrong and what to write, and
 * never quotes a value, since any value may be a password in the wrong place.
 */
public final class InvalidConnectionStringException extends Exception {

  public InvalidConnectionStringException(String message) {
    super(message);
  }
}
