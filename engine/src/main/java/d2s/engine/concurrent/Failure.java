package d2s.engine.concurrent;

import java.sql.SQLException;

/**
 * What ended the work of one thread, to be thrown by another.
 *
 * @param thrown an {@link SQLException}, a {@link RuntimeException} or an {@link Error}
 */
public record Failure(Throwable thrown) {

  /**
   * Throws it as what it is.
   *
   * @return never; so that a caller can write {@code throw failure.rethrow()}
   */
  public RuntimeException rethrow() throws SQLException {
    if (thrown instanceof SQLException database) {
      throw database;
    } else if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }
}
