package d2s.engine.verify;

import d2s.engine.extension.Findings;
import d2s.engine.extension.Verification;
import d2s.engine.extension.VerificationContext;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.Queries;
import d2s.engine.query.RelationDescriber;
import d2s.engine.query.SourceColumn;
import d2s.engine.sql.SqlErrors;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Holds the SQL of every {@link Verification} against two databases without rows, by letting it
 * look at them. What it finds there is of no account; what the databases refuse does not fit.
 */
public final class VerificationCheck {

  private static final Findings IGNORED =
      new Findings() {
        @Override
        public void looked(long things) {}

        @Override
        public void found(String what, String wrong) {}
      };

  private final Map<String, Object> facts;
  private final Connection source;
  private final Connection target;

  /**
   * @param facts values by name, for example {@link #samples}
   * @param source in auto-commit mode, as the target
   */
  public VerificationCheck(Map<String, Object> facts, Connection source, Connection target) {
    this.facts = facts;
    this.source = source;
    this.target = target;
  }

  /** Loads all verifications, so that the first check need not wait for that. */
  public static void load() {
    ServiceLoader.load(Verification.class).forEach(Verification::name);
  }

  /**
   * All SQL that does not fit, each statement once.
   *
   * @throws SQLException if a database is lost
   */
  public List<UnfitSql> unfit() throws SQLException {
    List<UnfitSql> all = new ArrayList<>();
    for (Verification verification : ServiceLoader.load(Verification.class)) {
      all.addAll(unfit(verification));
    }
    return all;
  }

  List<UnfitSql> unfit(Verification verification) throws SQLException {
    Map<String, UnfitSql> refused = new LinkedHashMap<>();
    BiConsumer<String, SQLException> keep =
        (sql, failure) -> keep(verification, sql, failure, refused);
    VerificationContext context =
        new Databases(
            new ProbedConnection(source, keep).connection(),
            new ProbedConnection(target, keep).connection(),
            name -> lacks(verification, name, refused));
    try {
      verification.verify(context, IGNORED);
    } catch (SQLException e) {
      if (SqlErrors.isOfServer(e)) {
        throw e;
      }
      // Follows from SQL that had no rows because it was refused; or else it is news itself.
      if (refused.isEmpty()) {
        keep(verification, "", e, refused);
      }
    } catch (RuntimeException e) {
      if (refused.isEmpty()) {
        throw e;
      }
    }
    return List.copyOf(refused.values());
  }

  private static void keep(
      Verification verification, String sql, SQLException failure, Map<String, UnfitSql> refused) {
    refused.putIfAbsent(
        sql,
        new UnfitSql(
            verification.name(),
            verification.getClass().getName(),
            sql,
            SqlErrors.position(failure) - 1,
            SqlErrors.reasonAndHint(failure)));
  }

  private static void lacks(Verification verification, String fact, Map<String, UnfitSql> refused) {
    refused.putIfAbsent(
        "fact " + fact,
        new UnfitSql(
            verification.name(),
            verification.getClass().getName(),
            "",
            -1,
            "set.yaml has no fact " + fact));
  }

  /** A value of the right type for every fact, since nobody knows the true one. */
  public static Map<String, Object> samples(MappingSet set, RelationDescriber describer) {
    List<String> names = set.facts().stream().map(fact -> fact.name().value()).toList();
    Queries queries = new Queries(set.views(), names, Map.of());
    Map<String, Object> samples = new HashMap<>();
    for (Fact fact : set.facts()) {
      samples.put(fact.name().value(), sample(fact, queries, describer));
    }
    return samples;
  }

  private static Object sample(Fact fact, Queries queries, RelationDescriber describer) {
    if (fact.sql() == null || fact.each() != null) {
      return "";
    }
    try {
      List<SourceColumn> columns =
          describer.describe(fact.side(), queries.of(fact.sql().value(), fact.side()));
      return switch (columns.get(0).type().kind()) {
        case INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8 -> 0L;
        case BOOL -> false;
        default -> "";
      };
    } catch (SQLException e) {
      return ""; // the check of the mapping files says what is wrong with it
    }
  }

  /** Two databases without rows and without folders. */
  private final class Databases implements VerificationContext {

    private final Connection probedSource;
    private final Connection probedTarget;
    private final Consumer<String> missingFact;

    Databases(Connection probedSource, Connection probedTarget, Consumer<String> missingFact) {
      this.probedSource = probedSource;
      this.probedTarget = probedTarget;
      this.missingFact = missingFact;
    }

    @Override
    public Connection source() {
      return probedSource;
    }

    @Override
    public Connection target() {
      return probedTarget;
    }

    @Override
    public Object fact(String name) {
      if (!facts.containsKey(name)) {
        missingFact.accept(name);
        return "";
      }
      return facts.get(name);
    }

    @Override
    public Optional<Path> folder(String name) {
      return Optional.empty();
    }
  }
}
