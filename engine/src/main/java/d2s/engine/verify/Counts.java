package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.mapping.Count;
import d2s.engine.plan.Step;
import d2s.engine.prepare.Preflight;
import d2s.engine.run.Invariants;
import java.util.List;

/** The counts of the mapping files. What a run did not carry over is not known here. */
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
    for (Step step : prepared.plan().steps()) {
      for (Count count : step.bound().mapping().counts()) {
        Invariants.Numbers numbers = invariants.ask(count);
        findings.looked(numbers.source());
        if (!numbers.equal()) {
          findings.found(step.name() + ": " + count.name(), text(numbers));
        }
      }
    }
  }

  private static String text(Invariants.Numbers numbers) {
    String text = numbers.source() + " in the source, " + numbers.target() + " in the target";
    return numbers.missing() > 0
        ? text + "; right only if the migration named the others as not carried over"
        : text;
  }
}
