package d2s.engine.result;

/**
 * The connection to the target was lost during the commit: all of the run is in the target, or
 * nothing of it, and nobody here knows which.
 */
public final class CommitUnknownException extends MigrationFailedException {

  private static final long serialVersionUID = 1;

  public CommitUnknownException(Throwable cause) {
    super(
        "the connection to the target was lost during the commit. Either everything was loaded or"
            + " nothing. Run the same command again as soon as the server answers: if it says that"
            + " the target is not freshly initialised, everything is there; otherwise it loads"
            + " again.",
        cause);
  }
}
