package d2s.engine.run;

import d2s.engine.schema.Catalog;
import d2s.engine.spec.Side;
import java.sql.Connection;
import java.util.Map;

/**
 * What every step of a run works with.
 *
 * @param source reads one snapshot for the whole run
 * @param target holds the transaction of the whole run
 */
record StepContext(
    Connection source,
    Connection target,
    Catalog targetCatalog,
    Map<String, Object> facts,
    Skips skips,
    Progress progress) {

  Connection connection(Side side) {
    return side == Side.SOURCE ? source : target;
  }
}
