package d2s.cli.connection;

import d2s.cli.framework.CommandFailure;
import d2s.cli.framework.ExitCode;
import java.sql.SQLException;
import java.util.List;

/** A database cannot be used. The message is one sentence for people, followed by what to do. */
public final class ConnectionFailedException extends Exception implements CommandFailure {

  public ConnectionFailedException(String message, SQLException cause) {
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
