package d2s.engine.verify;

import d2s.engine.extension.Findings;
import java.util.ArrayList;
import java.util.List;

/** Counts what one verification found, and keeps the first of it. */
final class CollectedFindings implements Findings {

  /** A broken load breaks everything at once; nobody reads more than this. */
  private static final int KEPT = 100;

  private final List<Finding> flaws = new ArrayList<>();
  private long looked;
  private long wrong;

  @Override
  public void looked(long things) {
    looked += things;
  }

  @Override
  public void found(String what, String problem) {
    if (wrong++ < KEPT) {
      flaws.add(new Finding(what, problem));
    }
  }

  long lookedAt() {
    return looked;
  }

  long wrong() {
    return wrong;
  }

  List<Finding> flaws() {
    return List.copyOf(flaws);
  }

  Outcome outcome() {
    if (wrong > 0) {
      return Outcome.WRONG;
    }
    return looked > 0 ? Outcome.RIGHT : Outcome.NOTHING_THERE;
  }
}
