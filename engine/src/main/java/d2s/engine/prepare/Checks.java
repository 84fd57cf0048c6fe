package d2s.engine.prepare;

import d2s.engine.result.CheckResult;
import d2s.engine.result.PreconditionFailedException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Collects what the checks before a run come to. A run and its rehearsal collect the same. */
public final class Checks {

  private final List<CheckResult> results;

  /** Something that is found out, or cannot be. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws SQLException;
  }

  /**
   * @param known what the caller found out by itself
   */
  public Checks(List<CheckResult> known) {
    this.results = new ArrayList<>(known);
  }

  public void add(CheckResult result) {
    results.add(result);
  }

  void addAll(List<CheckResult> more) {
    results.addAll(more);
  }

  /** Asks; when that is refused, the reasons become errors of a check, and the answer is null. */
  <T> T ask(String id, String ok, Question<T> question) throws SQLException {
    try {
      T answer = question.ask();
      add(CheckResult.ok(id, ok));
      return answer;
    } catch (PreconditionFailedException e) {
      e.reasons().forEach(reason -> add(CheckResult.error(id, reason, List.of(), "", "")));
      return null;
    }
  }

  public List<CheckResult> all() {
    return List.copyOf(results);
  }

  public boolean hasErrors() {
    return results.stream().anyMatch(CheckResult::isError);
  }

  /**
   * @throws PreconditionFailedException with all errors, if there are any
   */
  public void throwIfErrors() {
    if (hasErrors()) {
      throw PreconditionFailedException.of(results);
    }
  }
}
