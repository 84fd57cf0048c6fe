package d2s.engine.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** Something that a database may refuse without ending the transaction that it is part of. */
public final class Savepoints {

  private Savepoints() {}

  /** What is tried. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws SQLException;
  }

  /**
   * Tries a call. In a transaction it happens behind a savepoint, to which a refusal goes back.
   *
   * @throws SQLException what the call throws
   */
  public static <T> T of(Connection connection, Call<T> call) throws SQLException {
    if (connection.getAutoCommit()) {
      return call.run();
    }
    Savepoint savepoint = connection.setSavepoint();
    try {
      T result = call.run();
      connection.releaseSavepoint(savepoint);
      return result;
    } catch (SQLException e) {
      try {
        connection.rollback(savepoint);
      } catch (SQLException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    }
  }
}
