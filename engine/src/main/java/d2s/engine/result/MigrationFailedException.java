package d2s.engine.result;

/**
 * A run failed and was rolled back: the target is what it was. The message is for a person: what,
 * where, why.
 */
public class MigrationFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public MigrationFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
