package d2s.engine.check;

import d2s.engine.mapping.Fact;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.Queries;
import d2s.engine.query.RelationDescriber;
import d2s.engine.query.SqlDescriber;
import d2s.engine.yaml.Problems;
import java.util.HashMap;
import java.util.Map;

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
            .filter(columns -> columns.size() == 1)
            .ifPresent(columns -> facts.put(name, columns.get(0).type()));
      }
    }
    return queries;
  }
}
