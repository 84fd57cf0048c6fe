package d2s.engine.prepare;

import d2s.engine.bound.BoundMappings;
import d2s.engine.check.FileChecker;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Precondition.Use;
import d2s.engine.mapping.Side;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.Queries;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Problems;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is found out before files are carried over without a target database.
 *
 * @param checked the mappings with files, bound without what they fill
 */
public record SourcePreflight(Queries queries, BoundMappings checked) {

  /**
   * @throws PreconditionFailedException if the database is not the right one
   * @throws d2s.engine.yaml.InvalidMappingsException if the mapping files do not fit
   */
  public static SourcePreflight of(MappingSet set, Connection source, Map<String, Object> given)
      throws SQLException {
    Preflight.requireMarker(set.source(), Side.SOURCE, source);
    Map<Side, Connection> connections = Map.of(Side.SOURCE, source);
    List<String> factNames = set.facts().stream().map(fact -> fact.name().value()).toList();
    Map<String, Object> facts = Preflight.facts(set, factNames, connections, given);
    Queries queries = new Queries(set.views(), factNames, facts);
    Checks checks = new Checks(List.of());
    checks.addAll(
        new Preconditions(queries, connections, Set.of())
            .check(
                set.preconditions().stream()
                    .filter(one -> one.side() == Side.SOURCE)
                    .filter(one -> one.appliesTo().contains(Use.FILES))
                    .toList()));
    checks.throwIfErrors();
    Catalog catalog = Preflight.catalog(set.source(), source);
    Problems problems = new Problems();
    FileChecker checker =
        new FileChecker(set, catalog, queries, LiveDescriber.ofSource(source), problems);
    BoundMappings checked = Preflight.check(checker::check);
    problems.throwIfAny();
    return new SourcePreflight(queries, checked);
  }
}
