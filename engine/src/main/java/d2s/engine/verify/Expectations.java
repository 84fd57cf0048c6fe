package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.mapping.Expectation;
import d2s.engine.mapping.Mapping;
import d2s.engine.prepare.VerifyPreflight;
import d2s.engine.run.Invariants;
import java.util.List;

/** Everything that mapping files expect of a loaded target. */
final class Expectations implements Verification {

  private static final int ROWS = 20;

  private final VerifyPreflight prepared;

  Expectations(VerifyPreflight prepared) {
    this.prepared = prepared;
  }

  @Override
  public String name() {
    return "expectations";
  }

  @Override
  public String proves() {
    return "What the mapping files expect of the result holds.";
  }

  @Override
  public List<String> tables() {
    return List.of();
  }

  @Override
  public int passes() {
    return 2;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) {
    Invariants invariants = new Invariants(prepared.queries(), context.source(), context.target());
    for (Mapping mapping : prepared.mappings()) {
      for (Expectation expectation : mapping.expectations()) {
        findings.looked();
        Invariants.Answer answer = invariants.ask(expectation, ROWS);
        String broken = "not so in " + mapping.name() + ": " + expectation.name();
        answer.first().forEach(row -> findings.found(row, broken));
        if (answer.rows() > answer.first().size()) {
          findings.found((answer.rows() - answer.first().size()) + " more", broken);
        }
      }
    }
  }
}
