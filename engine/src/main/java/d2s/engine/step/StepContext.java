package d2s.engine.step;

import d2s.engine.mapping.Side;
import d2s.engine.result.Progress;
import d2s.engine.result.Skips;
import d2s.engine.schema.Catalog;
import d2s.engine.sql.SharedConnection;
import d2s.engine.write.IndexWidths;
import d2s.engine.write.SqlComputedValues;
import java.util.Collection;
import java.util.Map;

/**
 * What every step of a load works with.
 *
 * @param source reads one snapshot for the whole run
 * @param target holds the transaction of the whole run
 * @param values what the target computes beside that transaction
 * @param widths of the indexes that the target had at the beginning
 * @param secrets columns whose values no message tells
 * @param facts in the order of the mapping set
 */
public record StepContext(
    SharedConnection source,
    SharedConnection target,
    SqlComputedValues values,
    Catalog targetCatalog,
    IndexWidths widths,
    Collection<String> secrets,
    Map<String, Object> facts,
    Skips skips,
    Progress progress) {

  RowContext rows() {
    return new RowContext(side -> side == Side.SOURCE ? source : target, facts, skips, progress);
  }
}
