package d2s.engine.plan;

import d2s.engine.check.Bound;
import java.util.Map;
import java.util.SortedSet;

/**
 * One mapping in its place in the order.
 *
 * @param reads target tables that it reads
 * @param fills target tables that it writes rows to
 * @param after the steps that must have run before, each with the reason for a person
 */
public record Step(
    Bound bound, SortedSet<String> reads, SortedSet<String> fills, Map<String, String> after) {

  public String name() {
    return bound.mapping().name().value();
  }

  public String phase() {
    return bound.mapping().phase().value();
  }
}
