package d2s.engine.result;

import java.util.List;

/** A run was not started, because it would not end well. Nothing was touched. */
public final class PreconditionFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<String> reasons;

  public PreconditionFailedException(List<String> reasons) {
    super(String.join("\n", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** All reasons that were found, each with what to do now. */
  public List<String> reasons() {
    return reasons;
  }
}
