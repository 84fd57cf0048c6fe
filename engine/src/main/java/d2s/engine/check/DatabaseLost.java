package d2s.engine.check;

import java.sql.SQLException;

/** A database went away while mapping files were held against it: nothing is known about them. */
public final class DatabaseLost extends RuntimeException {

  private static final long serialVersionUID = 1;

  DatabaseLost(SQLException cause) {
    super(cause);
  }

  public SQLException failure() {
    return (SQLException) getCause();
  }
}
