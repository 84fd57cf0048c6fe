package d2s.cli.framework;

import d2s.engine.result.CommitUnknownException;
import d2s.engine.result.MigrationFailedException;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.sql.FailedDatabase;
import d2s.engine.sql.SqlErrors;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * How a command ends that did not do what it was asked to.
 *
 * @param headline what became of the databases; empty where nothing was tried
 * @param reasons each with what to do now; perhaps with secrets still in them
 */
record Failure(ExitCode exitCode, String headline, List<String> reasons) {

  private static final String ROLLED_BACK = "Failed; everything was rolled back.";

  private static final String NO_SPACE = "No space left on device";

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
    Optional<String> disk = diskReason(failure);
    if (disk.isPresent()) {
      return new Failure(ExitCode.FAILED, "", List.of(disk.get()));
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

  /** What a file system refused, if that is why it ended. */
  private static Optional<String> diskReason(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof FileSystemException refused && refused.getFile() != null) {
        boolean temporary =
            Path.of(refused.getFile()).startsWith(System.getProperty("java.io.tmpdir"));
        return Optional.of(
            refused.getFile()
                + " cannot be used ("
                + reason(refused)
                + ")"
                + (temporary
                    ? ". It is in the folder for temporary files. Name another folder:"
                        + " D2S_JAVA_OPTIONS=-Djava.io.tmpdir=/var/tmp"
                    : ""));
      } else if (at instanceof IOException full && NO_SPACE.equals(full.getMessage())) {
        return Optional.of(
            NO_SPACE
                + ": the disk is full, of this folder or of the one for temporary files. Make room,"
                + " or name another folder: D2S_JAVA_OPTIONS=-Djava.io.tmpdir=/var/tmp");
      }
    }
    return Optional.empty();
  }

  private static String reason(FileSystemException refused) {
    if (refused instanceof AccessDeniedException) {
      return "this user may not";
    }
    return refused.getReason() == null ? "it is not there" : refused.getReason();
  }

  /** The driver and the pool wrap it, as if a database had failed. */
  private static boolean isOfMemory(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof CommandFailure || at instanceof CommitUnknownException) {
        return false;
      } else if (at instanceof OutOfMemoryError || isOfClassWithoutMemory(at)) {
        return true;
      }
    }
    return false;
  }

  /** A class that had no memory when it was prepared is refused ever after, with these words. */
  private static boolean isOfClassWithoutMemory(Throwable failure) {
    return failure instanceof ExceptionInInitializerError
        && String.valueOf(failure.getMessage()).contains("OutOfMemoryError");
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
