package d2s.engine.prepare;

import d2s.engine.bound.BoundMappings;
import d2s.engine.check.Checker;
import d2s.engine.ledger.LedgerCheck;
import d2s.engine.mapping.Endpoint;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Precondition;
import d2s.engine.mapping.Precondition.Use;
import d2s.engine.mapping.Side;
import d2s.engine.plan.Plan;
import d2s.engine.query.LiveDescriber;
import d2s.engine.query.Queries;
import d2s.engine.query.RelationDescriber;
import d2s.engine.result.CheckResult;
import d2s.engine.result.PreconditionFailedException;
import d2s.engine.result.Severity;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.CatalogReader;
import d2s.engine.sql.ConnectionLostException;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.Savepoints;
import d2s.engine.sql.SqlErrors;
import d2s.engine.sql.SqlIdentifier;
import d2s.engine.yaml.Problem;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    Checks checks = new Checks(List.of());
    Preflight result = look(set, source, target, given, mode, Set.of(), checks);
    checks.throwIfErrors();
    return result;
  }

  /**
   * As {@link #of}, but what would be refused goes to the checks, all of it at once.
   *
   * @param accepted names of preconditions that need not hold
   * @return null if there are errors so grave that nothing more could be found out
   */
  public static Preflight look(
      MappingSet set,
      Connection source,
      Connection target,
      Map<String, Object> given,
      Mode mode,
      Set<String> accepted,
      Checks checks)
      throws SQLException {
    if (!accepted.isEmpty()) {
      checks.ask(
          "accepted-names",
          "Everything that is accepted has a name.",
          () -> requireKnown(accepted, set.preconditions()));
    }
    if (!checkMarkers(set, source, target, checks)) {
      return null;
    }
    if (mode != Mode.VERIFY) {
      CheckResult separate = DatabaseChecks.separate(source, target);
      checks.add(separate);
      if (separate.severity() == Severity.ERROR) {
        return null;
      }
      DatabaseChecks databases = new DatabaseChecks(set, source, target);
      checks.addAll(databases.locks());
      if (checks.hasErrors() && databases.wouldWait()) {
        return null;
      }
      checks.addAll(databases.privileges());
      if (!checks.hasErrors()) {
        checks.add(SourceEncoding.check(source));
      }
    }
    Integer version =
        checks.ask(
            "target-schema",
            "The schema of the target is one that these mapping files are for.",
            () -> targetVersion(set.target(), target));
    if (version == null) {
      return null;
    }
    Map<Side, Connection> connections = Map.of(Side.SOURCE, source, Side.TARGET, target);
    List<String> factNames = set.facts().stream().map(fact -> fact.name().value()).toList();
    Map<String, Object> facts =
        checks.ask(
            "facts",
            "Everything that is asked once can be asked.",
            () -> facts(set, factNames, connections, given));
    if (facts == null) {
      return null;
    }
    Queries queries = new Queries(set.views(), factNames, facts);
    if (mode != Mode.VERIFY) {
      checkPreconditions(set, mode, new Preconditions(queries, connections, accepted), checks);
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
    if (checks.hasErrors() && !problems.sorted().isEmpty()) {
      // A database in the wrong state does not fit the mapping files either, which is no news.
      return null;
    }
    problems.throwIfAny();
    Plan plan = Plan.of(set, checked, targetCatalog, problems);
    problems.throwIfAny();
    if (mode != Mode.VERIFY && !set.ledger().isEmpty()) {
      checks.add(accounted(set, version, sourceCatalog, targetCatalog));
    }
    return new Preflight(set, sourceCatalog, targetCatalog, version, queries, checked, plan);
  }

  /**
   * The same for two databases of which all is known already, and nothing is refused.
   *
   * @param describer tells the columns of queries
   */
  public static Preflight ofKnown(
      MappingSet set,
      Catalog source,
      Catalog target,
      Map<Side, Connection> connections,
      RelationDescriber describer,
      Map<String, Object> given)
      throws SQLException {
    int version = Integer.parseInt(target.version());
    List<String> names = set.facts().stream().map(fact -> fact.name().value()).toList();
    Queries queries = new Queries(set.views(), names, facts(set, names, connections, given));
    Problems problems = new Problems();
    BoundMappings checked =
        check(
            () -> new Checker(set, source, target, queries, describer, version, problems).check());
    problems.throwIfAny();
    Plan plan = Plan.of(set, checked, target, problems);
    problems.throwIfAny();
    return new Preflight(set, source, target, version, queries, checked, plan);
  }

  /**
   * Whether each database is one of its kind.
   *
   * @param checks takes both answers
   */
  static boolean checkMarkers(MappingSet set, Connection source, Connection target, Checks checks)
      throws SQLException {
    String sourceName = set.source().name().value();
    String targetName = set.target().name().value();
    return checks.ask(
                "source-database",
                "The source database is one of " + sourceName + ".",
                () -> requireMarker(set.source(), Side.SOURCE, source))
            != null
        & checks.ask(
                "target-database",
                "The target database is one of " + targetName + ".",
                () -> requireMarker(set.target(), Side.TARGET, target))
            != null;
  }

  private static Set<String> requireKnown(Set<String> accepted, List<Precondition> preconditions) {
    List<String> known =
        Stream.concat(
                Stream.of(ServerSpace.ID),
                preconditions.stream()
                    .filter(one -> one.accept() != null)
                    .map(one -> one.accept().value()))
            .toList();
    for (String name : accepted) {
      if (!known.contains(name)) {
        throw new PreconditionFailedException(
            "accepted-names",
            List.of(
                "There is nothing to accept with the name "
                    + name
                    + Suggestion.of(name, known)
                    + ". There is "
                    + String.join(", ", known)));
      }
    }
    return accepted;
  }

  /**
   * Tables and columns that the mapping files do not know: those of a fork, or of a newer release.
   */
  private static CheckResult accounted(
      MappingSet set, int version, Catalog source, Catalog target) {
    Problems problems = new Problems();
    LedgerCheck ledger = new LedgerCheck(set, version, problems);
    ledger.source(source);
    ledger.target(target);
    String id = "unknown-columns";
    List<String> found = problems.sorted().stream().map(Problem::message).toList();
    return found.isEmpty()
        ? CheckResult.ok(id, "The mapping files know every table and column of both databases.")
        : CheckResult.warning(
            id,
            "The mapping files do not know some tables or columns of these databases.",
            found,
            "Perhaps a fork made them, a newer release, or another program. What is in them is not"
                + " carried over.",
            "Look whether they matter to you.");
  }

  private static void checkPreconditions(
      MappingSet set, Mode mode, Preconditions preconditions, Checks checks) throws SQLException {
    for (Precondition one : set.preconditions()) {
      boolean load = one.appliesTo().contains(Use.LOAD);
      boolean rehearsed = mode == Mode.CHECK && !one.appliesTo().contains(Use.CHECK);
      if (load || one.appliesTo().contains(Use.CHECK)) {
        for (CheckResult result : preconditions.check(List.of(one))) {
          checks.add(rehearsed ? result.demoted() : result);
        }
      }
    }
  }

  /**
   * Asks once more, right before everything is committed, what others must not do meanwhile.
   *
   * @throws PreconditionFailedException if they do
   */
  public void checkBeforeCommit(Connection source, Connection target) throws SQLException {
    Checks checks = new Checks(List.of());
    checks.addAll(
        new Preconditions(queries, Map.of(Side.SOURCE, source, Side.TARGET, target), Set.of())
            .check(
                set.preconditions().stream()
                    .filter(one -> one.appliesTo().contains(Use.COMMIT))
                    .toList()));
    checks.throwIfErrors();
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

  static String requireMarker(Endpoint endpoint, Side side, Connection connection)
      throws SQLException {
    String table = endpoint.markerTable().value();
    if (!hasTable(connection, table)) {
      throw new PreconditionFailedException(
          side == Side.SOURCE ? "source-database" : "target-database",
          List.of(
              "The "
                  + side
                  + " database "
                  + connection.getCatalog()
                  + whatIsWrong(endpoint, side, connection)));
    }
    return table;
  }

  private static String whatIsWrong(Endpoint endpoint, Side side, Connection connection)
      throws SQLException {
    boolean empty =
        RowReader.scalar(connection, "select 1 from pg_tables where schemaname = 'public' limit 1")
            == null;
    if (!empty) {
      return " is not one of "
          + endpoint.name()
          + ": it has no table "
          + endpoint.markerTable().value()
          + ". Check that the connections are not swapped, and that it is the right database.";
    }
    return side == Side.SOURCE
        ? " has no tables. Is it the right database, and was the dump restored into it?"
        : " has no tables yet. Let "
            + endpoint.name()
            + " make them first; if it has done so, this is another database.";
  }

  static boolean hasTable(Connection connection, String table) throws SQLException {
    String name = SqlIdentifier.quote(table).replace("'", "''");
    return RowReader.scalar(connection, "select to_regclass('public." + name + "')::text") != null;
  }

  static int targetVersion(Endpoint endpoint, Connection target) throws SQLException {
    Object found;
    try {
      found = Savepoints.of(target, () -> RowReader.scalar(target, endpoint.version().value()));
    } catch (SQLException e) {
      if (SqlErrors.isOfServer(e)) {
        throw e;
      }
      throw new PreconditionFailedException(
          "target-schema",
          List.of("The target database cannot tell its schema version: " + SqlErrors.reason(e)));
    }
    if (found == null || !VERSION.matcher(found.toString()).matches()) {
      throw new PreconditionFailedException(
          "target-schema",
          List.of(
              "The target database does not have a schema version that is a number. Was it"
                  + " initialised by "
                  + endpoint.name()
                  + "?"));
    }
    int version = Integer.parseInt(found.toString());
    if (!endpoint.supported().contains(version)) {
      throw new PreconditionFailedException(
          "target-schema",
          List.of(
              "The target's schema version is "
                  + version
                  + "; these mapping files are for "
                  + endpoint.supportedText()
                  + ". Use a release of "
                  + endpoint.name()
                  + " with such a schema"
                  + (endpoint.releases() == null ? "" : ", " + endpoint.releases())
                  + ", or mapping files for this one."));
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
            "facts", List.of("The value " + name + " is needed: " + fact.description()));
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
      if (SqlErrors.isOfServer(e)) {
        throw e;
      }
      throw new PreconditionFailedException(
          "facts",
          List.of(
              "The " + fact.side() + " database cannot tell " + name + ": " + SqlErrors.reason(e)));
    }
  }

  /**
   * Holds databases against preconditions.
   *
   * @param connections by side; one that no precondition asks may be missing
   * @throws PreconditionFailedException with every one that is not met
   */
  public static void checkPreconditions(
      List<Precondition> preconditions, Queries queries, Map<Side, Connection> connections)
      throws SQLException {
    Checks checks = new Checks(List.of());
    checks.addAll(new Preconditions(queries, connections, Set.of()).check(preconditions));
    checks.throwIfErrors();
  }
}
