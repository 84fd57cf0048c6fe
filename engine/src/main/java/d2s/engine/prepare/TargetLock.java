package d2s.engine.prepare;

import d2s.engine.result.CheckResult;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.sql.RowReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** An advisory lock on the target, held for a whole run, so that two runs cannot meet. */
public final class TargetLock {

  private static final long KEY = 0x6d61_7070_696e_6773L;

  private TargetLock() {}

  /**
   * Takes the lock until the end of the transaction.
   *
   * @throws PreconditionFailedException if another run has it
   */
  public static void take(Connection target) throws SQLException {
    if (!isFree(target)) {
      throw PreconditionFailedException.of(List.of(error()));
    }
  }

  /** Takes the lock until the end of the transaction, if no other run has it. */
  static boolean isFree(Connection target) throws SQLException {
    Object taken = RowReader.scalar(target, "select pg_try_advisory_xact_lock(" + KEY + ")::int");
    return Long.valueOf(1).equals(taken);
  }

  static CheckResult error() {
    return CheckResult.error(
        "another-run",
        "Another run is working on this target database. Wait for it to end.",
        List.of(),
        "",
        "");
  }
}
