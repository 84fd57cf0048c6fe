package d2s.engine.result;

/**
 * A number of each side that people ask for, for example how many accounts there are.
 *
 * @param one what is counted, as a word for one of it
 * @param many the word for several
 * @param skipped how many of it the run has named as not carried over
 */
public record Counted(String one, String many, long source, long target, long skipped) {

  /** Whether as many arrived as there were. */
  public boolean isComplete() {
    return source == target;
  }
}
