package d2s.cli.sandbox;

import d2s.cli.framework.CommandFailure;
import d2s.cli.framework.ExitCode;
import java.util.List;

/** No Synapse could be installed or prepared; the message says why and what to do, in one line. */
public final class SynapseUnavailableException extends RuntimeException implements CommandFailure {
  private static final long serialVersionUID = 1L;

  /** Says what is missing and how to go on. */
  public SynapseUnavailableException(String message) {
    super(message);
  }

  /** As above, with the failure underneath. */
  public SynapseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.REFUSED;
  }

  @Override
  public List<String> reasons() {
    return List.of(getMessage());
  }
}
