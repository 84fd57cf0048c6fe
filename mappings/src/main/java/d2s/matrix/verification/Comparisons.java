package d2s.matrix.verification;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import java.sql.SQLException;
import java.util.List;

/** Rows that must be the same on both sides. */
public abstract class Comparisons implements Verification {

  /** See {@link SameRows#compare}. */
  public record Comparison(String what, String source, String target) {}

  protected abstract List<Comparison> comparisons();

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    for (Comparison one : comparisons()) {
      SameRows.compare(context, findings, one.what(), tables(), one.source(), one.target());
    }
  }
}
