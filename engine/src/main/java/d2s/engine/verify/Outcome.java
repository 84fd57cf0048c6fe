package d2s.engine.verify;

/** What a verification came to. */
public enum Outcome {
  /** It looked and found nothing wrong. */
  RIGHT,
  /** It found something wrong. */
  WRONG,
  /** There was nothing to look at: it proved nothing. */
  NOTHING_THERE,
  /** It was not asked, because no mapping fills what it is about. */
  LEFT_OUT,
  /** It could not be carried through: it proved nothing. */
  FAILED
}
