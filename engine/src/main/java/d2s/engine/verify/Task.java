package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.extension.JointVerification;
import d2s.engine.extension.Verification;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SqlErrors;
import d2s.engine.yaml.InvalidMappingsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Verifications that run in one go: a single one, or several that read the same rows. */
record Task(List<Verification> verifications) {

  /** What is looked at, with what takes the findings. */
  private interface Look {
    void at(Map<Verification, Findings> findings) throws SQLException;
  }

  /** Puts together what can run in one go; what reads most comes first. */
  static List<Task> of(List<Verification> verifications) {
    Map<Object, List<Verification>> together = new LinkedHashMap<>();
    for (Verification one : verifications) {
      Object key = one instanceof JointVerification joint ? joint.reading() : one;
      together.computeIfAbsent(key, reading -> new ArrayList<>()).add(one);
    }
    List<Task> tasks = new ArrayList<>(together.values().stream().map(Task::new).toList());
    tasks.sort((a, b) -> b.passes() - a.passes());
    return tasks;
  }

  private int passes() {
    return verifications.stream().mapToInt(Verification::passes).sum();
  }

  /**
   * The result of a verification that cannot run.
   *
   * @param filled the target tables that mappings fill
   * @return empty if it can
   */
  static Optional<VerificationResult> skipped(Verification verification, Set<String> filled) {
    return verification.tables().stream()
        .filter(table -> !filled.contains(table))
        .findFirst()
        .map(
            table ->
                result(
                    verification,
                    Outcome.SKIPPED,
                    "no mapping fills " + table,
                    new CollectedFindings(),
                    Duration.ZERO));
  }

  /**
   * Runs all.
   *
   * @throws SQLException if a database is lost, or the work was cancelled
   */
  List<VerificationResult> run(LoadedTarget loaded) throws SQLException {
    if (verifications.size() > 1) {
      List<VerificationResult> all = together(loaded);
      if (all.stream().noneMatch(one -> one.outcome() == Outcome.ERROR)) {
        return all;
      }
    }
    List<VerificationResult> results = new ArrayList<>();
    for (Verification one : verifications) {
      results.addAll(
          results(loaded, List.of(one), findings -> one.verify(loaded, findings.get(one))));
    }
    return results;
  }

  private List<VerificationResult> together(LoadedTarget loaded) throws SQLException {
    JointVerification first = (JointVerification) verifications.get(0);
    return results(loaded, verifications, findings -> first.verify(loaded, findings));
  }

  private static List<VerificationResult> results(
      LoadedTarget loaded, List<Verification> verifications, Look look) throws SQLException {
    long start = System.nanoTime();
    Map<Verification, Findings> findings = new LinkedHashMap<>();
    verifications.forEach(one -> findings.put(one, new CollectedFindings()));
    Optional<String> failure = failure(loaded, findings, look);
    // What was read for several took an equal part of the time for each.
    Duration elapsed =
        Duration.ofNanos((System.nanoTime() - start) / Math.max(1, verifications.size()));
    List<VerificationResult> results = new ArrayList<>();
    for (Verification one : verifications) {
      CollectedFindings collected = (CollectedFindings) findings.get(one);
      results.add(
          result(
              one,
              failure.isPresent() ? Outcome.ERROR : collected.outcome(),
              failure.orElse(""),
              collected,
              elapsed));
    }
    return results;
  }

  /** Why it could not be looked to the end, for people. */
  private static Optional<String> failure(
      LoadedTarget loaded, Map<Verification, Findings> findings, Look look) throws SQLException {
    Savepoint before = loaded.source().setSavepoint();
    Savepoint after = loaded.target().setSavepoint();
    try {
      look.at(findings);
      return Optional.empty();
    } catch (SQLException e) {
      if (SqlErrors.isOfServer(e)) {
        throw FailedDatabase.mark(e, loaded.source(), loaded.target());
      }
      return Optional.of(SqlErrors.reason(e));
    } catch (InvalidMappingsException e) {
      // It says which lines of which files, and concerns them all.
      throw e;
    } catch (MigrationFailedException e) {
      if (e.getCause() instanceof SQLException lost && SqlErrors.isLost(lost)) {
        throw FailedDatabase.mark(lost, loaded.source(), loaded.target());
      }
      return Optional.of(e.getMessage());
    } catch (RuntimeException e) {
      // Rows that no verification was made for. The message may quote them.
      return Optional.of("stumbled on what is there (" + e.getClass().getSimpleName() + ")");
    } finally {
      rollback(loaded.source(), before);
      rollback(loaded.target(), after);
    }
  }

  /** A connection that is lost has no savepoint, and must not hide why it is. */
  private static void rollback(Connection connection, Savepoint savepoint) throws SQLException {
    try {
      connection.rollback(savepoint);
    } catch (SQLException e) {
      if (!SqlErrors.isLost(e)) {
        throw e;
      }
    }
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
}
