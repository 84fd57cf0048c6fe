package d2s.engine.verify;

import d2s.engine.extension.Verification;
import d2s.engine.mapping.MappingSet;
import d2s.engine.plan.Step;
import d2s.engine.prepare.Mode;
import d2s.engine.prepare.Preflight;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.run.Invariants;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.Snapshots;
import d2s.engine.sql.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Holds a loaded target against its source: what mapping files expect and count, the target's
 * foreign keys, and every {@link Verification} on the class path. Nothing is changed.
 */
public final class Verifier {

  private final MappingSet set;
  private final DataSource source;
  private final DataSource target;
  private final VerifierOptions options;

  public Verifier(MappingSet set, DataSource source, DataSource target, VerifierOptions options) {
    this.set = set;
    this.source = source;
    this.target = target;
    this.options = options;
  }

  /**
   * @param starting is told the name of each verification before it looks
   * @throws d2s.engine.result.PreconditionFailedException if a database is not the right one, or a
   *     verification that was asked for does not exist
   * @throws d2s.engine.yaml.InvalidMappingsException if the mapping files do not fit
   * @throws SQLException if a database is lost, or the work was cancelled
   */
  public VerificationResults run(Consumer<String> starting) throws SQLException {
    return run((name, number, of) -> starting.accept(name));
  }

  /** Is told which verification begins, as which of how many. */
  @FunctionalInterface
  public interface Starting {
    void starting(String name, int number, int of);
  }

  /** As {@link #run(Consumer)}. */
  public VerificationResults run(Starting starting) throws SQLException {
    long start = System.nanoTime();
    try (Connection before = source.getConnection();
        Connection after = target.getConnection()) {
      Preflight prepared = Preflight.of(set, before, after, options.given(), Mode.VERIFY);
      Snapshots.begin(before);
      Snapshots.begin(after);
      try {
        List<Verification> wanted = wanted(verifications(prepared));
        requireLoaded(prepared, before, after);
        boolean used =
            set.target().used() != null
                && RowReader.scalar(after, set.target().used().value()) != null;
        LoadedTarget loaded = new LoadedTarget(prepared, before, after, options.folders());
        List<VerificationResult> results = new ArrayList<>();
        for (Verification verification : wanted) {
          int number = results.size() + 1;
          results.add(
              result(verification, loaded, name -> starting.starting(name, number, wanted.size())));
        }
        return new VerificationResults(List.copyOf(results), since(start), used);
      } finally {
        before.rollback();
        after.rollback();
      }
    }
  }

  /** Without this, a target that nobody has loaded looks like one in which everything is wrong. */
  private static void requireLoaded(Preflight prepared, Connection before, Connection after) {
    Invariants invariants = new Invariants(prepared.queries(), before, after);
    List<Invariants.Numbers> numbers =
        prepared.plan().steps().stream()
            .flatMap(step -> step.bound().mapping().counts().stream())
            .filter(count -> !count.unit().isEmpty())
            .map(invariants::ask)
            .filter(both -> both.source() > 0)
            .toList();
    if (!numbers.isEmpty() && numbers.stream().allMatch(both -> both.target() == 0)) {
      throw new PreconditionFailedException(
          "target-loaded",
          List.of("This target has not been loaded yet. Run the migration first."));
    }
  }

  private static List<Verification> verifications(Preflight prepared) {
    List<Verification> all = new ArrayList<>();
    all.add(new Expectations(prepared));
    all.add(new Counts(prepared));
    all.add(new References(prepared));
    ServiceLoader.load(Verification.class).forEach(all::add);
    return all;
  }

  private List<Verification> wanted(List<Verification> all) {
    Set<String> unknown = new TreeSet<>(options.only());
    List<String> names = all.stream().map(Verification::name).toList();
    unknown.removeAll(names);
    if (!unknown.isEmpty()) {
      throw new PreconditionFailedException(
          "verification-names",
          List.of(
              "There is no verification \""
                  + String.join("\", \"", unknown)
                  + "\". There are: "
                  + String.join(", ", names)));
    }
    return options.only().isEmpty()
        ? all
        : all.stream().filter(one -> options.only().contains(one.name())).toList();
  }

  private static VerificationResult result(
      Verification verification, LoadedTarget loaded, Consumer<String> starting)
      throws SQLException {
    Optional<String> missing = missing(verification, loaded.prepared());
    if (missing.isPresent()) {
      String reason = "no mapping fills " + missing.get();
      return result(verification, Outcome.SKIPPED, reason, new CollectedFindings(), Duration.ZERO);
    }
    starting.accept(verification.name());
    long start = System.nanoTime();
    CollectedFindings collected = new CollectedFindings();
    Savepoint before = loaded.source().setSavepoint();
    Savepoint after = loaded.target().setSavepoint();
    try {
      verification.verify(loaded, collected);
      return result(verification, collected.outcome(), "", collected, since(start));
    } catch (SQLException e) {
      if (isOver(e)) {
        throw e;
      }
      String reason = SqlErrors.reason(e);
      return result(verification, Outcome.ERROR, reason, collected, since(start));
    } catch (MigrationFailedException e) {
      return result(verification, Outcome.ERROR, e.getMessage(), collected, since(start));
    } catch (RuntimeException e) {
      // Rows that no verification was made for. The message may quote them.
      String reason = "stumbled on what is there (" + e.getClass().getSimpleName() + ")";
      return result(verification, Outcome.ERROR, reason, collected, since(start));
    } finally {
      loaded.source().rollback(before);
      loaded.target().rollback(after);
    }
  }

  private static Optional<String> missing(Verification verification, Preflight prepared) {
    Set<String> filled = new TreeSet<>();
    for (Step step : prepared.plan().steps()) {
      filled.addAll(step.fills());
    }
    return verification.tables().stream().filter(table -> !filled.contains(table)).findFirst();
  }

  private static boolean isOver(SQLException e) {
    return SqlErrors.isCanceled(e) || SqlErrors.isLost(e);
  }

  private static VerificationResult result(
      Verification verification,
      Outcome outcome,
      String reason,
      CollectedFindings collected,
      Duration elapsed) {
    return new VerificationResult(
        verification.name(),
        verification.proves(),
        outcome,
        reason,
        collected.checked(),
        collected.failed(),
        collected.findings(),
        collected.noted(),
        collected.notes(),
        elapsed);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
