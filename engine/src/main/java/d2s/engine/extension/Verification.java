package d2s.engine.extension;

import java.sql.SQLException;
import java.util.List;

/**
 * Proves something about a loaded target that no query alone can tell.
 *
 * <p>A verification is there to find the faults of the load, so it computes everything again, in
 * another way, from what the two databases hold. It shares nothing with mapping files and hooks but
 * what reads and hashes a value.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader} and reported in the order in
 * which they are declared; one instance serves one run, and works on one thread. Memory must not
 * grow with the number of rows.
 */
public interface Verification {

  /** What it is about, in a word or two; it stands in tables and results. */
  String name();

  /** What holds if nothing is found, as a sentence. */
  String proves();

  /**
   * Target tables that it is about. It is skipped unless mappings fill each of them, so a table
   * that only newer versions of the target have must not be among them.
   */
  List<String> tables();

  /**
   * About how often it reads the largest tables. Verifications run side by side; those that read
   * most begin first, so that none of them is left alone at the end.
   */
  default int passes() {
    return 0;
  }

  /**
   * Looks.
   *
   * @throws SQLException if a database fails; the verification then proved nothing
   */
  void verify(VerificationContext context, Findings findings) throws SQLException;
}
