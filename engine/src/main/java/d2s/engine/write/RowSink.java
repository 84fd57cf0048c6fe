package d2s.engine.write;

import d2s.engine.result.RowFailedException;
import java.util.function.Supplier;

/** Takes what a mapping makes of its rows: it writes rows of the target, or copies files. */
public interface RowSink {

  /** The name of the rows of a mapping without hook. */
  String ROWS = "";

  /**
   * Takes one row.
   *
   * @param rows which emitted rows of the hook this is; {@link #ROWS} without a hook
   * @param frame its values; only lent
   * @param rowName names the row for messages
   * @throws RowFailedException if an expression fails or a value does not fit; then nothing of the
   *     row is taken
   */
  void accept(String rows, Object[] frame, Supplier<String> rowName);

  /** Is told of a row that is not migrated. */
  default void skipped(Object[] frame) {}
}
