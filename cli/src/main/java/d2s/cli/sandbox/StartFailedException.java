package d2s.cli.sandbox;

import d2s.cli.connection.IoReason;
import d2s.cli.framework.CommandFailure;
import d2s.cli.framework.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A temporary PostgreSQL does not start. */
public final class StartFailedException extends IOException implements CommandFailure {

  /**
   * @param directory where it was to be
   */
  StartFailedException(Path directory, Throwable cause) {
    super("a temporary PostgreSQL does not start in " + directory + reason(cause), cause);
  }

  /** What a library says of its own steps is for nobody. */
  private static String reason(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest instanceof IOException known ? ": " + IoReason.of(known) : "";
  }

  @Override
  public ExitCode exitCode() {
    return ExitCode.REFUSED;
  }

  @Override
  public List<String> reasons() {
    return List.of(getMessage() + ". Is there room, and may this user run programs there?");
  }
}
