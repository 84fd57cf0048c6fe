package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.mapping.Count;
import d2s.engine.mapping.Mapping;
import d2s.engine.prepare.VerifyPreflight;
import d2s.engine.run.Invariants;
import d2s.engine.step.LeftOutRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The counts of the mapping files. Where there is less than in the source, the mapping's own rules
 * say how many rows a run leaves out and names; any other difference is wrong.
 */
final class Counts implements Verification {

  private final VerifyPreflight prepared;

  /** A count whose numbers differ. */
  private record Difference(String mapping, String count, Invariants.Numbers numbers) {}

  Counts(VerifyPreflight prepared) {
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
  public int passes() {
    return 2;
  }

  @Override
  public void verify(VerificationContext context, Findings findings) throws SQLException {
    Invariants invariants = new Invariants(prepared.queries(), context.source(), context.target());
    List<Difference> differences = new ArrayList<>();
    for (Mapping mapping : prepared.mappings()) {
      for (Count count : mapping.counts()) {
        Invariants.Numbers numbers = invariants.ask(count);
        findings.looked(numbers.source());
        if (!numbers.equal()) {
          differences.add(new Difference(mapping.name().value(), count.name().value(), numbers));
        }
      }
    }
    Set<String> missing =
        differences.stream()
            .filter(one -> one.numbers().missing() > 0)
            .map(Difference::mapping)
            .collect(Collectors.toSet());
    Map<String, Integer> leftOut = missing.isEmpty() ? Map.of() : leftOut(missing, context);
    for (Difference one : differences) {
      String what = one.mapping() + ": " + one.count();
      // Not every row that is left out is one that is counted.
      int named = leftOut.getOrDefault(one.mapping(), 0);
      if (one.numbers().missing() > 0 && one.numbers().missing() <= named) {
        findings.noted(what, text(one.numbers()) + "; rows that are left out and named: " + named);
      } else {
        findings.found(what, text(one.numbers()));
      }
    }
  }

  /** How many rows each of some mappings leaves out and names. */
  private Map<String, Integer> leftOut(Set<String> mappings, VerificationContext context)
      throws SQLException {
    Connection source = context.source();
    Connection target = context.target();
    LeftOutRows rows = new LeftOutRows(prepared.bind(mappings, source, target), source, target);
    return mappings.stream()
        .collect(Collectors.toMap(Function.identity(), name -> rows.of(name).size()));
  }

  private static String text(Invariants.Numbers numbers) {
    return numbers.source() + " in the source, " + numbers.target() + " in the target";
  }
}
