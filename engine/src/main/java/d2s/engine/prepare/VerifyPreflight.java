package d2s.engine.prepare;

import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Side;
import d2s.engine.query.Queries;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is found out before a loaded target is verified. It is less than a run needs: to bind all
 * mapping files takes half a second, and most verifications need no row of them.
 *
 * @param queries completes SQL of the mapping files with views and facts
 * @param mappings those that have run, as they are for the version of the target
 */
public record VerifyPreflight(MappingSet set, Queries queries, List<Mapping> mappings) {

  /**
   * @param given facts that the caller knows; they are not queried
   * @throws PreconditionFailedException if a database is not the right one
   * @throws SQLException if a database fails
   */
  public static VerifyPreflight of(
      MappingSet set, Connection source, Connection target, Map<String, Object> given)
      throws SQLException {
    Checks checks = new Checks(List.of());
    Preflight.checkMarkers(set, source, target, checks);
    checks.throwIfErrors();
    int version = Preflight.targetVersion(set.target(), target);
    Map<Side, Connection> connections = Map.of(Side.SOURCE, source, Side.TARGET, target);
    List<String> names = set.facts().stream().map(fact -> fact.name().value()).toList();
    Map<String, Object> facts = Preflight.facts(set, names, connections, given);
    List<Mapping> mappings = new ArrayList<>();
    for (Mapping mapping : set.mappings()) {
      if (mapping.versions().contains(version) && hasTables(mapping, source)) {
        mappings.add(mapping.forVersion(version));
      }
    }
    return new VerifyPreflight(set, new Queries(set.views(), names, facts), List.copyOf(mappings));
  }

  private static boolean hasTables(Mapping mapping, Connection source) throws SQLException {
    for (Text table : mapping.optionalTables()) {
      if (!Preflight.hasTable(source, table.value())) {
        return false;
      }
    }
    return true;
  }

  /** The schema of the target. */
  public Catalog target(Connection target) throws SQLException {
    return Preflight.catalog(set.target(), target);
  }

  /**
   * Binds some mappings, for who has to read their rows again.
   *
   * @throws d2s.engine.yaml.InvalidMappingsException if they do not fit
   */
  public Preflight bind(Set<String> names, Connection source, Connection target)
      throws SQLException {
    return Preflight.of(set.only(names), source, target, queries.facts(), Mode.VERIFY);
  }
}
