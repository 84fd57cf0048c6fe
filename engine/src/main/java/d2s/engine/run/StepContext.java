package d2s.engine.run;

import d2s.engine.mapping.Side;
import d2s.engine.result.Progress;
import d2s.engine.result.Skips;
import d2s.engine.schema.Catalog;
import d2s.engine.sql.SharedConnection;
import d2s.engine.write.SqlComputedValues;
import java.util.List;
import java.util.Map;

/**
 * What every step of a run works with.
 *
 * @param source reads one snapshot for the whole run
 * @param target holds the transaction of the whole run
 * @param values what the target computes beside that transaction
 * @param facts in the order of the mapping set
 */
public record StepContext(
    SharedConnection source,
    SharedConnection target,
    SqlComputedValues values,
    Catalog targetCatalog,
    Map<String, Object> facts,
    Skips skips,
    Progress progress) {

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

  public SharedConnection connection(Side side) {
    return side == Side.SOURCE ? source : target;
  }
}
