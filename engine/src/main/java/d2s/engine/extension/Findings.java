package d2s.engine.extension;

/** Takes what a {@link Verification} finds. */
public interface Findings {

  /**
   * Counts what was looked at. A verification that looked at nothing proved nothing, and the result
   * says so.
   */
  void looked(long things);

  /** One thing was looked at. */
  default void looked() {
    looked(1);
  }

  /**
   * Something is wrong.
   *
   * @param what the ids of the thing; never a secret
   * @param wrong what is wrong with it, without any content of it
   */
  void found(String what, String wrong);
}
