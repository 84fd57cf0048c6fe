package d2s.engine.check;

import d2s.engine.bound.BoundMapping.BoundLookup;
import d2s.engine.expression.KnownType;
import d2s.engine.expression.KnownType.LookupShape;
import d2s.engine.mapping.Lookup;
import d2s.engine.query.RelationColumns;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds the lookups of a mapping. */
final class LookupBinder {

  private final RelationColumns relationColumns;
  private final Problems problems;

  LookupBinder(RelationColumns relationColumns, Problems problems) {
    this.relationColumns = relationColumns;
    this.problems = problems;
  }

  /**
   * A lookup, and what expressions can ask it.
   *
   * @param type unknown after a problem was reported
   */
  record TypedLookup(BoundLookup bound, KnownType type) {}

  /**
   * @param slot where expressions find it
   */
  TypedLookup bind(Lookup lookup, int slot) {
    if (lookup.skipped() != null) {
      return new TypedLookup(
          new BoundLookup(lookup, slot, "", List.of(), -1),
          KnownType.lookup(new LookupShape(List.of(KnownType.UNKNOWN), true, KnownType.TEXT)));
    }
    if (lookup.keys().isEmpty() || lookup.keys().size() > 2) {
      problems.add(lookup.name().at(), "a lookup needs a key of one or two columns");
    }
    Set<String> wanted = new LinkedHashSet<>();
    lookup.keys().forEach(key -> wanted.add(key.value()));
    if (lookup.value() != null) {
      wanted.add(lookup.value().value());
    }
    Optional<RelationColumns.Found> found = relationColumns.find(lookup.relation(), wanted);
    if (found.isEmpty()) {
      return new TypedLookup(new BoundLookup(lookup, slot, "", List.of(), -1), KnownType.UNKNOWN);
    }
    List<Integer> keys =
        lookup.keys().stream().map(key -> indexOf(key, found.get(), lookup)).toList();
    int value = lookup.value() == null ? -1 : indexOf(lookup.value(), found.get(), lookup);
    return new TypedLookup(
        new BoundLookup(lookup, slot, found.get().sql(), keys, value),
        KnownType.lookup(
            new LookupShape(
                keys.stream().map(index -> known(found.get(), index)).toList(),
                lookup.value() != null,
                known(found.get(), value))));
  }

  private static KnownType known(RelationColumns.Found found, int index) {
    return index < 0
        ? KnownType.UNKNOWN
        : TypeCompatibility.known(found.columns().get(index).type());
  }

  private int indexOf(Text column, RelationColumns.Found found, Lookup lookup) {
    int index = found.read().indexOf(column.value());
    if (index < 0) {
      problems.add(
          column.at(),
          "no column "
              + column
              + " in the lookup "
              + lookup.name()
              + Suggestion.of(column.value(), found.names()));
    }
    return index;
  }
}
