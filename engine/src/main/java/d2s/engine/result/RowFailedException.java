package d2s.engine.result;

/** A row cannot be carried over: an expression fails for it, or a value does not fit its column. */
public final class RowFailedException extends MigrationFailedException {

  private static final long serialVersionUID = 1;

  private final String reason;

  /**
   * @param message where, which row and why
   * @param reason only why, without any value of the row
   */
  public RowFailedException(String message, String reason, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
