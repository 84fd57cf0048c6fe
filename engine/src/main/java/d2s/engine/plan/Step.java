package d2s.engine.plan;

import d2s.engine.bound.BoundMapping;
import d2s.engine.mapping.Mapping;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One mapping in its place in the order.
 *
 * @param reads target tables that it reads
 * @param fills target tables that it writes rows to
 * @param after the steps that must have run before, each with the reason for a person
 */
public record Step(
    BoundMapping bound,
    SortedSet<String> reads,
    SortedSet<String> fills,
    Map<String, String> after) {

  public Step {
    reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
    fills = Collections.unmodifiableSortedSet(new TreeSet<>(fills));
    after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
  }

  /** A step that nothing must run before, as far as is known yet. */
  Step(BoundMapping bound, SortedSet<String> reads, SortedSet<String> fills) {
    this(bound, reads, fills, Map.of());
  }

  /** The same step behind others. */
  Step after(Map<String, String> predecessors) {
    return new Step(bound, reads, fills, predecessors);
  }

  public String name() {
    return bound.mapping().name().value();
  }

  public String phase() {
    return bound.mapping().phase().value();
  }

  /** The target tables whose rows are other ones after this step. */
  public SortedSet<String> changes() {
    SortedSet<String> tables = new TreeSet<>(fills);
    bound.mapping().updates().forEach(update -> tables.add(update.table().value()));
    return tables;
  }

  /** Whether something of it is SQL inside the target, which can look rows up one by one. */
  public boolean hasStatements() {
    Mapping mapping = bound.mapping();
    return !mapping.derive().isEmpty()
        || !mapping.updates().isEmpty()
        || !mapping.sequences().isEmpty();
  }

  /** Whether it makes a difference to the target which of two steps runs first. */
  boolean conflictsWith(Step other) {
    return !Collections.disjoint(changes(), other.changes())
        || !Collections.disjoint(changes(), other.reads)
        || !Collections.disjoint(reads, other.changes());
  }
}
