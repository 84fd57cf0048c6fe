package d2s.engine.verify;

import d2s.engine.extension.Findings;
import java.util.ArrayList;
import java.util.List;

/** Counts what one verification found, and keeps the first of it. */
final class CollectedFindings implements Findings {

  /** A broken load breaks everything at once; nobody reads more than this. */
  private static final int KEPT = 100;

  private final List<Finding> findings = new ArrayList<>();
  private long checked;
  private long failed;

  @Override
  public void looked(long things) {
    checked += things;
  }

  @Override
  public void found(String what, String problem) {
    if (failed++ < KEPT) {
      findings.add(new Finding(what, problem));
    }
  }

  long checked() {
    return checked;
  }

  long failed() {
    return failed;
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  Outcome outcome() {
    if (failed > 0) {
      return Outcome.FAILED;
    }
    return checked > 0 ? Outcome.PASSED : Outcome.NO_DATA;
  }
}
