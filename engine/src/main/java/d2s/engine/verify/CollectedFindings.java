package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.write.IndexWidths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Counts what one verification found, and keeps the first of it. */
final class CollectedFindings implements Findings {

  /** A broken load breaks everything at once; nobody reads more than this. */
  private static final int KEPT = 100;

  private final List<Finding> findings = new ArrayList<>();
  private final List<Finding> notes = new ArrayList<>();
  private long checked;
  private long noted;
  private long failed;

  @Override
  public void looked(long things) {
    checked += things;
  }

  /** What no index of the target can hold is left out and named by a load. */
  @Override
  public void found(String what, String problem) {
    if (what.getBytes(StandardCharsets.UTF_8).length > IndexWidths.LIMIT) {
      noted(what, "is too long for an index of the target");
      return;
    }
    if (failed++ < KEPT) {
      findings.add(new Finding(what, problem));
    }
  }

  @Override
  public void noted(String what, String why) {
    if (noted++ < KEPT) {
      notes.add(new Finding(what, why));
    }
  }

  long noted() {
    return noted;
  }

  List<Finding> notes() {
    return List.copyOf(notes);
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
