package d2s.engine.result;

/** What the result of a check means for a run. */
public enum Severity {
  /** Nothing to do. */
  OK,

  /** A run goes on; a person should know before. */
  WARNING,

  /** A run would not end well, and is refused. */
  ERROR
}
