package d2s.engine.extension;

import java.sql.SQLException;
import java.util.Map;

/**
 * A verification that looks at the same rows as others do: they are read once for all of them.
 *
 * <p>If that fails, each of them is asked alone, so that none fails because of another.
 */
public interface JointVerification extends Verification {

  /** What is read, by any name; verifications with the same name are asked together. */
  String reading();

  /**
   * Reads, and lets each of several verifications look.
   *
   * @param together verifications with the same {@link #reading}, this one among them, each with
   *     what takes its findings
   * @throws SQLException if a database fails; then none of them has proved anything
   */
  void verify(VerificationContext context, Map<Verification, Findings> together)
      throws SQLException;

  @Override
  default void verify(VerificationContext context, Findings findings) throws SQLException {
    verify(context, Map.of(this, findings));
  }
}
