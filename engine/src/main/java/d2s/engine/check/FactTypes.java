package d2s.engine.check;

import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.expression.KnownType;
import d2s.engine.expression.Scope;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.Queries;
import d2s.engine.query.RelationDescriber;
import d2s.engine.query.SourceColumn;
import d2s.engine.query.SqlDescriber;
import d2s.engine.schema.ColumnType;
import d2s.engine.yaml.Problems;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives a type to every fact that has no value yet, so that queries with it can be described. */
final class FactTypes {

  private FactTypes() {}

  static Queries complete(
      MappingSet set,
      Queries given,
      RelationDescriber describer,
      ExpressionCompiler compiler,
      Problems problems) {
    Map<String, Object> facts = new HashMap<>(given.facts());
    Queries queries = new Queries(given.views(), given.factNames(), facts);
    SqlDescriber sql = new SqlDescriber(set, queries, describer, problems);
    Set<String> before = new HashSet<>();
    for (Fact fact : set.facts()) {
      String name = fact.name().value();
      if (fact.sql() != null && !facts.containsKey(name)) {
        checkOrder(fact, queries, before, problems);
        sql.describe(fact.side(), queries.of(fact.sql().value(), fact.side()), fact.sql())
            .flatMap(columns -> type(fact, columns, given.factNames(), compiler, problems))
            .ifPresent(type -> facts.put(name, type));
      }
      before.add(name);
    }
    return queries;
  }

  /** What expressions know of the facts. */
  static Map<String, KnownType> known(MappingSet set, Queries queries) {
    Map<String, KnownType> types = new LinkedHashMap<>();
    for (Fact fact : set.facts()) {
      String name = fact.name().value();
      types.put(name, known(queries.facts().get(name)));
    }
    return types;
  }

  private static KnownType known(Object value) {
    if (value instanceof ColumnType type) {
      return TypeCompatibility.known(type);
    }
    return value == null ? KnownType.UNKNOWN : KnownType.ofValue(value);
  }

  /** A fact can use those above it. */
  private static void checkOrder(
      Fact fact, Queries queries, Set<String> before, Problems problems) {
    String name = fact.name().value();
    for (String other : queries.parameters(fact.sql().value(), fact.side())) {
      if (queries.factNames().contains(other) && !before.contains(other)) {
        problems.add(
            fact.sql().at(), name + " uses the fact " + other + ", which is read after it");
      }
    }
  }

  private static Optional<ColumnType> type(
      Fact fact,
      List<SourceColumn> columns,
      Collection<String> factNames,
      ExpressionCompiler compiler,
      Problems problems) {
    if (fact.each() == null) {
      if (columns.size() != 1) {
        problems.add(
            fact.sql().at(),
            "a fact is one value, and this query has " + columns.size() + " columns");
        return Optional.empty();
      }
      return Optional.of(columns.get(0).type());
    }
    Scope scope = Scope.of(columns.stream().map(SourceColumn::name).toList());
    factNames.stream().filter(name -> !scope.has(name)).toList().forEach(scope::add);
    compiler.compile(fact.each(), scope, "the rows of " + fact.name(), problems);
    return Optional.of(ColumnType.of("text"));
  }
}
