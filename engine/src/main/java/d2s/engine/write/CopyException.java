package d2s.engine.write;

import java.sql.SQLException;

/**
 * The target rejected rows of a table. Unchecked, so that it passes through the code of a hook that
 * emits the rows.
 */
public final class CopyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String table;

  CopyException(String table, SQLException cause) {
    super(cause);
    this.table = table;
  }

  public String table() {
    return table;
  }

  /** What the target said. Its message may quote a row. */
  public SQLException rejection() {
    return (SQLException) getCause();
  }
}
