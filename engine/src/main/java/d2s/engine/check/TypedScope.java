package d2s.engine.check;

import d2s.engine.expression.KnownType;
import d2s.engine.expression.Scope;
import d2s.engine.schema.ColumnType;
import d2s.engine.yaml.Value;
import java.util.HashMap;
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
    int slot = scope.add(name, type == null ? KnownType.UNKNOWN : TypeCompatibility.known(type));
    if (type != null) {
      types.put(slot, type);
    }
    return slot;
  }

  /** Adds a name of which only the type of its values is known. */
  int addKnown(String name, KnownType type) {
    return scope.add(name, type);
  }

  /** Adds the facts; a column of the same name stays. */
  void addFacts(Map<String, KnownType> facts) {
    facts.forEach(
        (name, type) -> {
          if (!scope.has(name)) {
            scope.add(name, type);
          }
        });
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
