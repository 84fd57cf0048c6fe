package d2s.engine.run;

/** Copies of exceptions without their messages, which may quote values of rows. */
final class Clean {

  private Clean() {}

  /** An exception that says the class and the place of another one, and nothing else. */
  static RuntimeException copy(Throwable failure) {
    RuntimeException copy = new RuntimeException(failure.getClass().getName());
    copy.setStackTrace(failure.getStackTrace());
    return copy;
  }
}
