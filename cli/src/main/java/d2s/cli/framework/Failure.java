package d2s.cli.framework;

import d2s.engine.result.CommitUnknownException;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SqlErrors;
import java.sql.SQLException;
import java.util.List;

/**
 * How a command ends that did not do what it was asked to.
 *
 * @param headline what became of the databases; empty where nothing was tried
 * @param reasons each with what to do now; perhaps with secrets still in them
 */
record Failure(ExitCode exitCode, String headline, List<String> reasons) {

  private static final String ROLLED_BACK = "Failed; everything was rolled back.";

  /** A constant, because it is needed where nothing more can be made. */
  static final String TOO_LITTLE_MEMORY =
      "Java has too little memory. Give it more: D2S_JAVA_OPTIONS=-Xmx4g ./d2s ...";

  static Failure of(Throwable failure) {
    if (isOfMemory(failure)) {
      return new Failure(ExitCode.FAILED, ROLLED_BACK, List.of(TOO_LITTLE_MEMORY));
    } else if (failure instanceof CommandFailure known) {
      return new Failure(known.exitCode(), "", known.reasons());
    } else if (failure instanceof PreconditionFailedException refused) {
      return new Failure(ExitCode.REFUSED, "Refused; nothing was changed.", refused.reasons());
    } else if (failure instanceof CommitUnknownException unknown) {
      return new Failure(
          ExitCode.FAILED,
          "Failed; nobody knows yet whether everything was loaded or nothing.",
          List.of(unknown.getMessage()));
    } else if (failure instanceof MigrationFailedException failed) {
      return new Failure(ExitCode.FAILED, ROLLED_BACK, List.of(failed.getMessage()));
    } else if (failure instanceof SQLException database) {
      return new Failure(ExitCode.FAILED, ROLLED_BACK, List.of(reason(database)));
    }
    // The message of an unknown exception may hold data, so only its class is named.
    return new Failure(
        ExitCode.INTERNAL_ERROR,
        "",
        List.of(
            "an internal error in d2s ("
                + failure.getClass().getSimpleName()
                + "). Whatever was running was rolled back. Please report it, with what the same"
                + " command says with -v -v."));
  }

  /** The driver and the pool wrap it, as if a database had failed. */
  private static boolean isOfMemory(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof CommandFailure || at instanceof CommitUnknownException) {
        return false;
      } else if (at instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  private static String reason(SQLException failure) {
    return FailedDatabase.subject(failure)
        + " failed: "
        + SqlErrors.reason(failure)
        + " (SQL state "
        + failure.getSQLState()
        + ")"
        + SqlErrors.advice(failure, FailedDatabase.of(failure));
  }
}
