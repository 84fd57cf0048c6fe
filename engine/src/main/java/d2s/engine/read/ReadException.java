package d2s.engine.read;

import java.sql.SQLException;

/** A read failed. Unchecked, so that it passes through the code of a hook that takes the rows. */
public final class ReadException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ReadException(SQLException cause) {
    super(cause);
  }

  public SQLException cause() {
    return (SQLException) getCause();
  }
}
