package d2s.engine.check;

import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.expression.FunctionTable;
import d2s.engine.mapping.Fact;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.mapping.Relation;
import d2s.engine.query.Queries;
import d2s.engine.query.RelationColumns;
import d2s.engine.query.RelationDescriber;
import d2s.engine.query.SqlDescriber;
import d2s.engine.schema.Catalog;
import d2s.engine.sql.ConnectionLostException;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    Queries queries = typed();
    SqlDescriber sql = new SqlDescriber(set, queries, describer, problems);
    sql.checkViews();
    TargetTables targets = new TargetTables(target, problems);
    SqlChecker sqlChecker = new SqlChecker(queries, sql, targets, problems);
    RelationColumns columns = new RelationColumns(source, queries, sql, problems);
    BlockBinder blocks =
        new BlockBinder(
            new ExpressionCompiler(FunctionTable.load()), targets, sqlChecker, problems);
    FileBinder files = new FileBinder(blocks, problems);
    RowBinder rows = new RowBinder(set.facts(), columns, blocks, files, problems);
    HookBinder hooks =
        new HookBinder(set.facts(), HookTable.load(), columns, blocks, files, problems);
    List<BoundMapping> bound = new ArrayList<>();
    List<OmittedMapping> omitted = new ArrayList<>();
    for (Mapping whole : set.mappings()) {
      if (!whole.versions().contains(targetVersion)) {
        continue;
      }
      Optional<Text> missing = missingTable(whole);
      if (missing.isPresent()) {
        omitted.add(new OmittedMapping(whole, "the source has no table " + missing.get()));
        continue;
      }
      Mapping mapping = whole.forVersion(targetVersion);
      sqlChecker.check(mapping);
      files.checkSources(mapping);
      bound.add(mapping.hook() == null ? rows.bind(mapping) : hooks.bind(mapping));
    }
    return new BoundMappings(List.copyOf(bound), List.copyOf(omitted));
  }

  /**
   * Binds what is needed to copy files: the mappings that have some, without what they fill.
   * Nothing is asked of the target; its catalog may be null and its version is not looked at.
   *
   * @throws ConnectionLostException if the source does not answer any more
   */
  public BoundMappings checkFiles() {
    Queries queries = typed();
    SqlDescriber sql = new SqlDescriber(set, queries, describer, problems);
    RelationColumns columns = new RelationColumns(source, queries, sql, problems);
    TargetTables targets = new TargetTables(target, problems);
    BlockBinder blocks =
        new BlockBinder(
            new ExpressionCompiler(FunctionTable.load()),
            targets,
            new SqlChecker(queries, sql, targets, problems),
            problems);
    FileBinder files = new FileBinder(blocks, problems);
    RowBinder rows = new RowBinder(set.facts(), columns, blocks, files, problems);
    HookBinder hooks =
        new HookBinder(set.facts(), HookTable.load(), columns, blocks, files, problems);
    List<BoundMapping> bound = new ArrayList<>();
    List<OmittedMapping> omitted = new ArrayList<>();
    for (Mapping whole : set.mappings()) {
      Optional<Text> missing = missingTable(whole);
      if (whole.files().isEmpty()) {
        continue;
      } else if (missing.isPresent()) {
        omitted.add(new OmittedMapping(whole, "the source has no table " + missing.get()));
      } else if (!FileBinder.readsOnlySource(whole)) {
        files.checkSources(whole);
      } else {
        Mapping mapping = whole.filesOnly();
        bound.add(mapping.hook() == null ? rows.bind(mapping) : hooks.bind(mapping));
      }
    }
    return new BoundMappings(List.copyOf(bound), List.copyOf(omitted));
  }

  private Optional<Text> missingTable(Mapping mapping) {
    return mapping.from().stream()
        .filter(Relation::optional)
        .map(Relation::table)
        .filter(table -> source.table(table.value()).isEmpty())
        .findAny();
  }

  /** The queries with a type for every fact that has no value, so that others can be described. */
  private Queries typed() {
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
