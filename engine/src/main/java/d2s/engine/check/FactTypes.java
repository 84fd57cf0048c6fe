package d2s.engine.check;

import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.expression.FunctionTable;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives a type to every fact that has no value yet, so that queries with it can be described. */
final class FactTypes {

  private FactTypes() {}

  static Queries complete(
      MappingSet set, Queries given, RelationDescriber describer, Problems problems) {
    Map<String, Object> facts = new HashMap<>(given.facts());
    Queries queries = new Queries(given.views(), given.factNames(), facts);
    SqlDescriber sql = new SqlDescriber(set, queries, describer, problems);
    for (Fact fact : set.facts()) {
      String name = fact.name().value();
      if (fact.sql() != null && !facts.containsKey(name)) {
        sql.describe(fact.side(), queries.of(fact.sql().value(), fact.side()), fact.sql())
            .flatMap(columns -> type(fact, columns, given.factNames(), problems))
            .ifPresent(type -> facts.put(name, type));
      }
    }
    return queries;
  }

  private static Optional<ColumnType> type(
      Fact fact, List<SourceColumn> columns, Collection<String> factNames, Problems problems) {
    if (fact.each() == null) {
      return columns.size() == 1 ? Optional.of(columns.get(0).type()) : Optional.empty();
    }
    Scope scope = Scope.of(columns.stream().map(SourceColumn::name).toList());
    factNames.stream().filter(name -> !scope.has(name)).toList().forEach(scope::add);
    new ExpressionCompiler(FunctionTable.load())
        .compile(fact.each(), scope, "the rows of " + fact.name(), problems);
    return Optional.of(ColumnType.of("text"));
  }
}
