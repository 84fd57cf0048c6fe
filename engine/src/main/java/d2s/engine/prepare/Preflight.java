package d2s.engine.prepare;

import d2s.engine.check.BoundMappings;
import d2s.engine.check.Checker;
import d2s.engine.mapping.Endpoint;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Precondition;
import d2s.engine.mapping.Precondition.Use;
import d2s.engine.mapping.Side;
import d2s.engine.plan.Plan;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.Queries;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogReader;
import d2s.engine.sql.ConnectionLostException;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.Savepoints;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Everything that is found out before anything is touched: the two catalogs, the facts, the bound
 * mappings and their order.
 *
 * @param queries completes SQL of the mapping files with views and facts
 */
public record Preflight(
    MappingSet set,
    Catalog source,
    Catalog target,
    int targetVersion,
    Queries queries,
    BoundMappings checked,
    Plan plan) {

  private static final int REASONS_PER_REQUIREMENT = 3;
  private static final Pattern VERSION = Pattern.compile("\\d{1,9}");

  /**
   * Looks at both databases and holds the mapping files against them.
   *
   * @param given facts that the caller knows; they are not queried
   * @throws PreconditionFailedException if a database is not the right one, or not in the right
   *     state
   * @throws d2s.engine.yaml.InvalidMappingsException if the mapping files do not fit
   * @throws SQLException if a database fails
   */
  public static Preflight of(
      MappingSet set, Connection source, Connection target, Map<String, Object> given, Mode mode)
      throws SQLException {
    return of(set, source, target, given, mode, Set.of());
  }

  /**
   * As {@link #of(MappingSet, Connection, Connection, Map, Mode)}.
   *
   * @param accepted names of preconditions that need not hold
   */
  public static Preflight of(
      MappingSet set,
      Connection source,
      Connection target,
      Map<String, Object> given,
      Mode mode,
      Set<String> accepted)
      throws SQLException {
    refuseUnknown(accepted, set.preconditions());
    requireMarker(set.source(), Side.SOURCE, source);
    requireMarker(set.target(), Side.TARGET, target);
    Map<Side, Connection> connections = Map.of(Side.SOURCE, source, Side.TARGET, target);
    int version = targetVersion(set.target(), target);
    List<String> factNames = set.facts().stream().map(fact -> fact.name().value()).toList();
    Map<String, Object> facts = facts(set, factNames, connections, given);
    Queries queries = new Queries(set.views(), factNames, facts);
    if (mode != Mode.VERIFY) {
      Use use = mode == Mode.LOAD ? Use.LOAD : Use.CHECK;
      List<Precondition> preconditions =
          set.preconditions().stream()
              .filter(one -> one.appliesTo().contains(use))
              .filter(one -> one.accept() == null || !accepted.contains(one.accept().value()))
              .toList();
      checkPreconditions(preconditions, queries, connections);
    }
    Catalog sourceCatalog = catalog(set.source(), source);
    Catalog targetCatalog = catalog(set.target(), target);
    Problems problems = new Problems();
    Checker checker =
        new Checker(
            set,
            sourceCatalog,
            targetCatalog,
            queries,
            new LiveDescriber(source, target),
            version,
            problems);
    BoundMappings checked = check(checker::check);
    problems.throwIfAny();
    Plan plan = Plan.of(set, checked, targetCatalog, problems);
    problems.throwIfAny();
    return new Preflight(set, sourceCatalog, targetCatalog, version, queries, checked, plan);
  }

  private static void refuseUnknown(Set<String> accepted, List<Precondition> preconditions) {
    List<String> known =
        preconditions.stream()
            .filter(one -> one.accept() != null)
            .map(one -> one.accept().value())
            .toList();
    for (String name : accepted) {
      if (!known.contains(name)) {
        throw new PreconditionFailedException(
            List.of(
                "There is nothing to accept with the name "
                    + name
                    + Suggestion.of(name, known)
                    + (known.isEmpty() ? "" : ". There is " + String.join(", ", known))));
      }
    }
  }

  static BoundMappings check(Supplier<BoundMappings> check) throws SQLException {
    try {
      return check.get();
    } catch (ConnectionLostException e) {
      throw e.failure();
    }
  }

  static Catalog catalog(Endpoint endpoint, Connection connection) throws SQLException {
    String version = endpoint.version() == null ? "select ''" : endpoint.version().value();
    return CatalogReader.read(connection, endpoint.name().value(), version);
  }

  static void requireMarker(Endpoint endpoint, Side side, Connection connection)
      throws SQLException {
    String table = endpoint.markerTable().value();
    String name = SqlIdentifier.quote(table).replace("'", "''");
    Object found = RowReader.scalar(connection, "select to_regclass('public." + name + "')::text");
    if (found == null) {
      throw new PreconditionFailedException(
          List.of(
              "The "
                  + side
                  + " database "
                  + connection.getCatalog()
                  + " is not one of "
                  + endpoint.name()
                  + ": it has no table "
                  + table
                  + ". Check that the connections are not swapped and that the database was"
                  + " initialised."));
    }
  }

  private static int targetVersion(Endpoint endpoint, Connection target) throws SQLException {
    Object found;
    try {
      found = Savepoints.of(target, () -> RowReader.scalar(target, endpoint.version().value()));
    } catch (SQLException e) {
      if (SqlErrors.isLost(e)) {
        throw e;
      }
      throw new PreconditionFailedException(
          List.of("The target database cannot tell its schema version: " + SqlErrors.reason(e)));
    }
    if (found == null || !VERSION.matcher(found.toString()).matches()) {
      throw new PreconditionFailedException(
          List.of(
              "The target database does not have a schema version that is a number. Was it"
                  + " initialised by "
                  + endpoint.name()
                  + "?"));
    }
    int version = Integer.parseInt(found.toString());
    if (!endpoint.supported().contains(version)) {
      throw new PreconditionFailedException(
          List.of(
              "The target's schema version is "
                  + version
                  + "; these mapping files are for "
                  + endpoint.supportedText()
                  + ". Use a release of "
                  + endpoint.name()
                  + " with such a schema, or mapping files for this one."));
    }
    return version;
  }

  /**
   * @param connections those that are at hand; the facts of another side are null
   */
  static Map<String, Object> facts(
      MappingSet set,
      List<String> factNames,
      Map<Side, Connection> connections,
      Map<String, Object> given)
      throws SQLException {
    Map<String, Object> facts = new LinkedHashMap<>();
    for (Fact fact : set.facts()) {
      String name = fact.name().value();
      if (given.containsKey(name)) {
        facts.put(name, given.get(name));
      } else if (fact.sql() == null) {
        throw new PreconditionFailedException(
            List.of("The value " + name + " is needed: " + fact.description()));
      } else if (!connections.containsKey(fact.side())) {
        facts.put(name, null);
      } else {
        Connection connection = connections.get(fact.side());
        facts.put(name, ask(fact, new Queries(set.views(), factNames, facts), connection));
      }
    }
    return facts;
  }

  private static Object ask(Fact fact, Queries queries, Connection connection) throws SQLException {
    String name = fact.name().value();
    String sql = fact.sql().value();
    for (String other : queries.parameters(sql, fact.side())) {
      if (queries.factNames().contains(other) && !queries.facts().containsKey(other)) {
        Problems problems = new Problems();
        problems.add(
            fact.sql().at(), name + " uses the fact " + other + ", which is read after it");
        problems.throwIfAny();
      }
    }
    try {
      String complete = queries.of(sql, fact.side());
      return Savepoints.of(
          connection,
          () ->
              fact.each() == null
                  ? RowReader.scalar(connection, complete)
                  : ListFact.read(fact, complete, queries.facts(), connection));
    } catch (SQLException e) {
      if (SqlErrors.isLost(e)) {
        throw e;
      }
      throw new PreconditionFailedException(
          List.of(
              "The " + fact.side() + " database cannot tell " + name + ": " + SqlErrors.reason(e)));
    }
  }

  static void checkPreconditions(
      List<Precondition> preconditions, Queries queries, Map<Side, Connection> connections)
      throws SQLException {
    List<String> reasons = new ArrayList<>();
    for (Precondition precondition : preconditions) {
      Connection connection = connections.get(precondition.side());
      String message = precondition.message().value().strip();
      List<String> found;
      try {
        String sql = queries.of(precondition.sql().value(), precondition.side());
        found = Savepoints.of(connection, () -> firstColumn(connection, sql));
      } catch (SQLException e) {
        if (SqlErrors.isLost(e) || SqlErrors.isCanceled(e)) {
          throw e;
        }
        // A precondition may ask a table that an unsuitable database does not have.
        reasons.add(message + " (" + SqlErrors.reason(e) + ")");
        continue;
      }
      if (!found.isEmpty()) {
        String more = found.size() > REASONS_PER_REQUIREMENT ? ", ..." : "";
        reasons.add(
            message
                + " ("
                + String.join(
                    ", ", found.subList(0, Math.min(REASONS_PER_REQUIREMENT, found.size())))
                + more
                + ")");
      }
    }
    if (!reasons.isEmpty()) {
      throw new PreconditionFailedException(reasons);
    }
  }

  private static List<String> firstColumn(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next() && found.size() <= REASONS_PER_REQUIREMENT) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
