package d2s.cli.sandbox;

/** No Synapse could be installed or prepared; the message says why and what to do, in one line. */
public final class SynapseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is missing and how to go on. */
  public SynapseUnavailableException(String message) {
    super(message);
  }

  /** As above, with the failure underneath. */
  public SynapseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
