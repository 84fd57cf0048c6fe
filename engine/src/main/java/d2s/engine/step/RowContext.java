package d2s.engine.step;

import d2s.engine.mapping.Side;
import d2s.engine.result.Progress;
import d2s.engine.result.Skips;
import d2s.engine.sql.SharedConnection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the rows of a mapping are made with, whatever becomes of them.
 *
 * @param connections the connection to each database; that of the source reads one snapshot for the
 *     whole run
 * @param facts in the order of the mapping set
 */
public record RowContext(
    Function<Side, SharedConnection> connections,
    Map<String, Object> facts,
    Skips skips,
    Progress progress) {

  /** Without a target: for mappings that were checked to read nothing there. */
  public static RowContext ofSource(
      SharedConnection source, Map<String, Object> facts, Skips skips, Progress progress) {
    return new RowContext(
        side -> {
          if (side == Side.TARGET) {
            throw new IllegalStateException("a mapping with files reads the target");
          }
          return source;
        },
        facts,
        skips,
        progress);
  }

  /**
   * Puts the facts behind the columns of a frame, but for those that a column hides.
   *
   * @return the first slot behind them
   */
  int fillFacts(Object[] frame, List<String> columns) {
    int slot = columns.size();
    for (Map.Entry<String, Object> fact : facts.entrySet()) {
      if (!columns.contains(fact.getKey())) {
        frame[slot++] = fact.getValue();
      }
    }
    return slot;
  }

  /** For a rehearsal: nobody is told, and what is skipped is forgotten. */
  public RowContext silent() {
    return new RowContext(connections, facts, new Skips(false), Progress.silent());
  }

  public SharedConnection source() {
    return connections.apply(Side.SOURCE);
  }
}
