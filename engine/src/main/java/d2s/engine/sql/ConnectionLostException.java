package d2s.engine.sql;

import java.sql.SQLException;

/**
 * A database went away, or was kept from answering, while mapping files were held against it:
 * nothing is known about them.
 */
public final class ConnectionLostException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public ConnectionLostException(SQLException cause) {
    super(cause);
  }

  public SQLException failure() {
    return (SQLException) getCause();
  }
}
