package d2s.cli.connection;

/**
 * A connection string that cannot be read. The message says what is wrong and what to write, and
 * never quotes a value, since any value may be a password in the wrong place.
 */
public final class InvalidConnectionString extends Exception {

  public InvalidConnectionString(String message) {
    super(message);
  }
}
