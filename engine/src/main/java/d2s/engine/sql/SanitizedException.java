package d2s.engine.sql;

/** Copies of exceptions without their messages, which may quote values of rows. */
public final class SanitizedException {

  private SanitizedException() {}

  /** An exception that says the class and the place of another one, and nothing else. */
  public static RuntimeException copy(Throwable failure) {
    RuntimeException copy = new RuntimeException(failure.getClass().getName());
    copy.setStackTrace(failure.getStackTrace());
    return copy;
  }
}
