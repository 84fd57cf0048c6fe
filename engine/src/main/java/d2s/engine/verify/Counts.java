package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.mapping.Count;
import d2s.engine.plan.Step;
import d2s.engine.prepare.Preflight;
import d2s.engine.run.Invariants;
import d2s.engine.step.LeftOutRows;
import java.util.List;

/**
 * The counts of the mapping files. Where there is less than in the source, the mapping's own rules
 * say how many rows a run leaves out and names; any other difference is wrong.
 */
final class Counts implements Verification {

  private final Preflight prepared;

  Counts(Preflight prepared) {
    this.prepared = prepared;
  }

  @Override
  public String name() {
    return "counts";
  }

  @Override
  public String proves() {
    return "Of everything that the mapping files count there is as much as in the source.";
  }

  @Override
  public List<String> tables() {
    return List.of();
  }

  @Override
  public void verify(VerificationContext context, Findings findings) {
    Invariants invariants = new Invariants(prepared.queries(), context.source(), context.target());
    LeftOutRows leftOut = new LeftOutRows(prepared, context.source(), context.target());
    for (Step step : prepared.plan().steps()) {
      for (Count count : step.bound().mapping().counts()) {
        Invariants.Numbers numbers = invariants.ask(count);
        findings.looked(numbers.source());
        if (!numbers.equal()) {
          String what = step.name() + ": " + count.name();
          // Not every row that is left out is one that is counted.
          long named = numbers.missing() > 0 ? leftOut.of(step).size() : 0;
          if (numbers.missing() > 0 && numbers.missing() <= named) {
            findings.noted(what, text(numbers) + "; rows that are left out and named: " + named);
          } else {
            findings.found(what, text(numbers));
          }
        }
      }
    }
  }

  private static String text(Invariants.Numbers numbers) {
    return numbers.source() + " in the source, " + numbers.target() + " in the target";
  }
}
