package d2s.engine.verify;

/** How a verification ended. */
public enum Outcome {
  /** It checked something and found nothing wrong. */
  PASSED,
  /** It found something wrong. */
  FAILED,
  /** The databases hold nothing that it checks: it proved nothing. */
  NO_DATA,
  /** It did not run, because no mapping fills what it checks. */
  SKIPPED,
  /** It could not finish: it proved nothing. */
  ERROR
}
