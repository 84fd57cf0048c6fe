package d2s.engine.extension;

import java.util.List;
import java.util.Map;

/**
 * A computation over many rows, for what no expression over one row can say.
 *
 * <p>A mapping file names a hook by the simple name of its class. The engine reads the relations of
 * the mapping side by side, all ordered by the mapping's group key, and calls {@link #group} once
 * per key, in ascending order. Whatever the hook emits is mapped to columns in the mapping file
 * like any source row, so that the file stays the documentation.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}; one instance serves one run of
 * one mapping and is used by one thread only. Memory must be bounded by the largest group.
 */
public interface Hook {

  /** What this hook computes, in one or two sentences for the readers of the mapping file. */
  default String description() {
    return "";
  }

  /** The relations this hook reads, each with the columns that it needs. */
  List<RowShape> reads();

  /** The rows this hook emits, each with its columns. */
  List<RowShape> emits();

  /** Called once before the first group, with the facts of the mapping set by name. */
  default void start(Map<String, Object> facts) {}

  /** Computes one group. Rows that are not read are passed over. */
  void group(Group group, Emitter out);
}
