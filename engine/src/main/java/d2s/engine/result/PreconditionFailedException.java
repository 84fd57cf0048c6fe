package d2s.engine.result;

import java.util.List;

/** A run was not started, because it would not end well. Nothing was touched. */
public final class PreconditionFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> reasons;
  private final transient List<CheckResult> checks;

  /**
   * @param check the id of the check that found them, so that whoever checks beforehand reads of it
   */
  public PreconditionFailedException(String check, List<String> reasons) {
    this(
        reasons,
        reasons.stream()
            .map(reason -> CheckResult.error(check, reason, List.of(), "", ""))
            .toList());
  }

  private PreconditionFailedException(List<String> reasons, List<CheckResult> checks) {
    super(String.join("\n", reasons));
    this.reasons = List.copyOf(reasons);
    this.checks = List.copyOf(checks);
  }

  /**
   * @param checks all that were made, at least one of them with an error
   */
  public static PreconditionFailedException of(List<CheckResult> checks) {
    return new PreconditionFailedException(
        checks.stream().filter(CheckResult::isError).map(CheckResult::text).toList(), checks);
  }

  /** All reasons that were found, each with what to do now. */
  public List<String> reasons() {
    return reasons;
  }

  /** All checks that were made. */
  public List<CheckResult> checks() {
    return checks;
  }
}
