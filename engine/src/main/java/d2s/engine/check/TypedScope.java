package d2s.engine.check;

import d2s.engine.expression.Scope;
import d2s.engine.mapping.Fact;
import d2s.engine.schema.ColumnType;
import d2s.engine.yaml.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names that expressions of a mapping may use.
 *
 * @param types of the slots whose type is known: those of columns
 * @param what whose names they are, for messages
 */
record TypedScope(Scope scope, Map<Integer, ColumnType> types, String what) {

  static TypedScope of(String what) {
    return new TypedScope(new Scope(), new HashMap<>(), what);
  }

  /**
   * Adds a name.
   *
   * @param type null if it is not known
   * @return its slot
   */
  int add(String name, ColumnType type) {
    int slot = scope.add(name);
    if (type != null) {
      types.put(slot, type);
    }
    return slot;
  }

  /** Adds the facts; a column of the same name stays. */
  void addFacts(List<Fact> facts) {
    for (Fact fact : facts) {
      if (!scope.has(fact.name().value())) {
        scope.add(fact.name().value());
      }
    }
  }

  /** The type of a value that is nothing but the name of a column. */
  Optional<ColumnType> type(Value value) {
    return value instanceof Value.Expression expression
        ? Optional.ofNullable(types.get(scope.slot(expression.text())))
        : Optional.empty();
  }

  TypedScope copy() {
    return new TypedScope(scope.copy(), new HashMap<>(types), what);
  }
}
