package d2s.cli.connection;

import java.sql.SQLException;

/** A database cannot be used. The message is one sentence for people, followed by what to do. */
public final class ConnectionFailedException extends Exception {

  public ConnectionFailedException(String message, SQLException cause) {
    super(message, cause);
  }
}
