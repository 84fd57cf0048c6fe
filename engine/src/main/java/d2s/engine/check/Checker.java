package d2s.engine.check;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMappings;
import d2s.engine.bound.OmittedMapping;
import d2s.engine.check.KnownBindings.Binding;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Precondition;
import d2s.engine.mapping.Side;
import d2s.engine.mapping.Store;
import d2s.engine.query.Queries;
import d2s.engine.query.RelationDescriber;
import d2s.engine.query.SqlDescriber;
import d2s.engine.schema.Catalog;
import d2s.engine.sql.ConnectionLostException;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Holds mapping files against the two databases: finds every name, compiles every expression, lets
 * the databases look at every query, and reports all that does not fit.
 */
public final class Checker {

  private final MappingSet set;
  private final Catalog source;
  private final Catalog target;
  private final Queries given;
  private final RelationDescriber describer;
  private final int targetVersion;
  private final Problems problems;

  /**
   * @param queries facts that it does not have yet are taken for NULL of their type
   * @param targetVersion decides which parts with a version range apply
   * @param problems takes what is found
   */
  public Checker(
      MappingSet set,
      Catalog source,
      Catalog target,
      Queries queries,
      RelationDescriber describer,
      int targetVersion,
      Problems problems) {
    this.set = set;
    this.source = source;
    this.target = target;
    this.given = queries;
    this.describer = describer;
    this.targetVersion = targetVersion;
    this.problems = problems;
  }

  /**
   * Binds all mappings that apply. Where a problem was reported, the result must not be run.
   *
   * @throws ConnectionLostException if a database does not answer any more
   */
  public BoundMappings check() {
    return check(Language.load(), new KnownBindings());
  }

  /**
   * The same, without what was done before.
   *
   * @param known what the mappings came to on these two databases with these facts; takes what they
   *     come to now
   */
  public BoundMappings check(Language language, KnownBindings known) {
    Problems found = new Problems();
    Queries queries = FactTypes.complete(set, given, describer, language.compiler(), found);
    SqlDescriber sql = new SqlDescriber(set, queries, describer, found);
    sql.checkViews();
    checkSet(queries, sql);
    problems.addAll(found.take());
    Binders binders = Binders.of(set, source, target, queries, sql, language, found);
    SecretCheck secrets = new SecretCheck(set.secrets(), found);
    DuplicateCheck duplicates = new DuplicateCheck(problems);
    List<BoundMapping> bound = new ArrayList<>();
    List<OmittedMapping> omitted = new ArrayList<>();
    for (Mapping whole : set.mappings()) {
      if (!whole.versions().contains(targetVersion)) {
        continue;
      }
      Optional<OmittedMapping> missing = binders.omitted(whole);
      if (missing.isPresent()) {
        omitted.add(missing.get());
        continue;
      }
      Binding binding =
          known.of(
              set.name().at().source(),
              whole.name().at().source(),
              () -> {
                Mapping mapping = whole.forVersion(targetVersion);
                secrets.check(mapping);
                binders.sqlChecker().check(mapping);
                binders.files().checkSources(mapping);
                return new Binding(binders.bind(mapping), found.take());
              });
      problems.addAll(binding.problems());
      duplicates.check(binding.mapping().mapping());
      bound.add(binding.mapping());
    }
    return new BoundMappings(List.copyOf(bound), List.copyOf(omitted));
  }

  /** Looks at the SQL of set.yaml that no mapping uses. */
  private void checkSet(Queries queries, SqlDescriber sql) {
    for (Precondition precondition : set.preconditions()) {
      Side side = precondition.side();
      sql.describe(side, queries.of(precondition.sql().value(), side), precondition.sql());
    }
    for (Store store : set.stores()) {
      if (store.bytes() != null) {
        sql.describe(Side.SOURCE, queries.of(store.bytes().value(), Side.SOURCE), store.bytes());
      }
    }
    for (Side side : Side.values()) {
      for (Text query : Arrays.asList(set.endpoint(side).version(), set.endpoint(side).used())) {
        if (query != null) {
          sql.describe(side, query.value(), query);
        }
      }
    }
  }
}
