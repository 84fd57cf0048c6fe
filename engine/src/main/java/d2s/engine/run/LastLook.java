package d2s.engine.run;

import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.schema.Queries;
import d2s.engine.spec.Count;
import d2s.engine.spec.Expectation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Looks at what was loaded before it is committed: the expectations and counts of every step. */
final class LastLook {

  private static final int FINDINGS_PER_EXPECTATION = 5;

  private final Plan plan;
  private final Queries queries;
  private final Skips skips;
  private final Progress progress;

  LastLook(Plan plan, Queries queries, Skips skips, Progress progress) {
    this.plan = plan;
    this.queries = queries;
    this.skips = skips;
    this.progress = progress;
  }

  /**
   * @param sources at least two: the source counts its rows while the target is asked
   * @return what was not as expected
   * @throws RunFailed if a query cannot be executed
   */
  List<Finding> look(List<SharedConnection> sources, SharedConnection target) throws SQLException {
    CompletableFuture<List<Long>> inSource =
        CompletableFuture.supplyAsync(() -> countSource(sources.get(1)));
    try {
      List<Finding> findings =
          target.use(to -> sources.get(0).use(from -> findings(new Invariants(queries, from, to))));
      List<Long> inTarget = target.use(to -> countTarget(new Invariants(queries, null, to)));
      compare(inSource.join(), inTarget);
      return findings;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RunFailed failed ? failed : e;
    } finally {
      inSource.handle((numbers, failure) -> null).join();
    }
  }

  private List<Count> counts() {
    return plan.steps().stream().flatMap(step -> step.bound().mapping().counts().stream()).toList();
  }

  private List<Long> countSource(SharedConnection source) {
    try {
      return source.use(
          from -> {
            Invariants invariants = new Invariants(queries, from, null);
            return counts().stream().map(invariants::inSource).toList();
          });
    } catch (SQLException e) {
      throw new IllegalStateException("failures of queries are explained", e);
    }
  }

  private List<Long> countTarget(Invariants invariants) {
    return counts().stream().map(invariants::inTarget).toList();
  }

  private List<Finding> findings(Invariants invariants) {
    List<Finding> findings = new ArrayList<>();
    for (Step step : plan.steps()) {
      for (Expectation expectation : step.bound().mapping().expectations()) {
        for (String row : invariants.ask(expectation, FINDINGS_PER_EXPECTATION).first()) {
          findings.add(new Finding(step.name(), expectation.name().value(), row));
        }
      }
    }
    return findings;
  }

  /**
   * Tells of numbers that differ by more than what was named. They do not undo the run: one row
   * that is named can have others behind it that go with it.
   */
  private void compare(List<Long> inSource, List<Long> inTarget) {
    int at = 0;
    for (Step step : plan.steps()) {
      long skipped = skips.of(step.name()).size();
      for (Count count : step.bound().mapping().counts()) {
        Invariants.Numbers numbers = new Invariants.Numbers(inSource.get(at), inTarget.get(at));
        at++;
        if (numbers.missing() < 0 || numbers.missing() > skipped) {
          progress.note(
              count.name()
                  + ": "
                  + numbers.source()
                  + " in the source, "
                  + numbers.target()
                  + " in the target, "
                  + skipped
                  + " named as not carried over");
        }
      }
    }
  }
}
