package d2s.engine.run;

import d2s.engine.schema.Catalog;
import d2s.engine.spec.Side;
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
record StepContext(
    SharedConnection source,
    SharedConnection target,
    ComputedValues values,
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

  SharedConnection connection(Side side) {
    return side == Side.SOURCE ? source : target;
  }
}
