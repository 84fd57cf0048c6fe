package d2s.engine.run;

/**
 * A run failed and was rolled back: the target is what it was. The message is for a person: what,
 * where, why.
 */
public final class RunFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  public RunFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
