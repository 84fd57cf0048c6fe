package d2s.engine.run;

import d2s.engine.mapping.Count;
import d2s.engine.mapping.Expectation;
import d2s.engine.plan.Plan;
import d2s.engine.plan.Step;
import d2s.engine.query.Queries;
import d2s.engine.result.Counted;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.Progress;
import d2s.engine.result.Skips;
import d2s.engine.result.UnmetExpectation;
import d2s.engine.sql.SharedConnection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at what was loaded before it is committed: the expectations and counts of every step. */
final class PreCommitChecks {

  private static final int FINDINGS_PER_EXPECTATION = 5;

  private final Plan plan;
  private final Queries queries;
  private final Skips skips;
  private final Progress progress;
  private final List<Counted> counted = new ArrayList<>();
  private List<Long> inSource;

  PreCommitChecks(Plan plan, Queries queries, Skips skips, Progress progress) {
    this.plan = plan;
    this.queries = queries;
    this.skips = skips;
    this.progress = progress;
  }

  /**
   * Counts the rows of the source. That needs nothing of the target, and is done while indexes are
   * still being made.
   *
   * @throws MigrationFailedException if a query cannot be executed
   */
  void countSource(SharedConnection source) throws SQLException {
    inSource =
        source.use(
            from -> {
              Invariants invariants = new Invariants(queries, from, null);
              return counts().stream().map(invariants::inSource).toList();
            });
  }

  /**
   * To be called after {@link #countSource}.
   *
   * @return what was not as expected
   * @throws MigrationFailedException if a query cannot be executed
   */
  List<UnmetExpectation> look(SharedConnection source, SharedConnection target)
      throws SQLException {
    // What an expectation finds is little, which the planner does not know: it would leave the work
    // to one processor, because so many rows would have to come from the others.
    progress.checkingLoad();
    target.execute("set local parallel_tuple_cost = 0");
    List<UnmetExpectation> findings =
        target.use(to -> source.use(from -> findings(new Invariants(queries, from, to))));
    compare(inSource, target.use(to -> countTarget(new Invariants(queries, null, to))));
    progress.checkedLoad();
    return findings;
  }

  /** The numbers that people ask for; to be called after {@link #look}. */
  List<Counted> counted() {
    return List.copyOf(counted);
  }

  private List<Count> counts() {
    return plan.steps().stream().flatMap(step -> step.bound().mapping().counts().stream()).toList();
  }

  private List<Long> countTarget(Invariants invariants) {
    return counts().stream().map(invariants::inTarget).toList();
  }

  private List<UnmetExpectation> findings(Invariants invariants) {
    List<UnmetExpectation> findings = new ArrayList<>();
    for (Step step : plan.steps()) {
      for (Expectation expectation : step.bound().mapping().expectations()) {
        for (String row : invariants.ask(expectation, FINDINGS_PER_EXPECTATION).first()) {
          findings.add(new UnmetExpectation(step.name(), expectation.name().value(), row));
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
        if (!count.unit().isEmpty()) {
          counted.add(
              new Counted(
                  count.unit().get(0).value(),
                  count.unit().get(1).value(),
                  numbers.source(),
                  numbers.target(),
                  skipped));
        }
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
