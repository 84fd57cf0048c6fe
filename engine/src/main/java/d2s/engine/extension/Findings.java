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

  /**
   * Something is not as in the source, and rightly: the source itself is damaged there, and the
   * load leaves such a thing out or repairs it, and says so.
   *
   * @param what the ids of the thing; never a secret
   * @param why what is damaged, without any content of it
   */
  default void noted(String what, String why) {}
}
