package d2s.engine.check;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.OmittedMapping;
import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.expression.KnownType;
import d2s.engine.function.FunctionTable;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.MappingSet;
import d2s.engine.query.Queries;
import d2s.engine.query.RelationColumns;
import d2s.engine.query.SqlDescriber;
import d2s.engine.schema.Catalog;
import d2s.engine.yaml.Problems;
import java.util.Map;
import java.util.Optional;

/** What binds the parts of a mapping, and who knows whom of them. */
record Binders(
    Catalog source, SqlChecker sqlChecker, FileBinder files, RowBinder rows, HookBinder hooks) {

  static Binders of(
      MappingSet set,
      Catalog source,
      Catalog target,
      Queries queries,
      SqlDescriber sql,
      Problems problems) {
    TargetTables targets = new TargetTables(target, problems);
    SqlChecker sqlChecker = new SqlChecker(queries, sql, targets, problems);
    RelationColumns columns = new RelationColumns(source, queries, sql, problems);
    BlockBinder blocks =
        new BlockBinder(
            new ExpressionCompiler(FunctionTable.load()), targets, sqlChecker, problems);
    FileBinder files = new FileBinder(blocks, problems);
    Map<String, KnownType> facts = FactTypes.known(set, queries);
    return new Binders(
        source,
        sqlChecker,
        files,
        new RowBinder(facts, columns, blocks, files, problems),
        new HookBinder(facts, HookTable.load(), columns, blocks, files, problems));
  }

  BoundMapping bind(Mapping mapping) {
    return mapping.hook() == null ? rows.bind(mapping) : hooks.bind(mapping);
  }

  /** Why a mapping does not run, if it reads an optional table that the source does not have. */
  Optional<OmittedMapping> omitted(Mapping mapping) {
    return mapping.optionalTables().stream()
        .filter(table -> source.table(table.value()).isEmpty())
        .findAny()
        .map(table -> new OmittedMapping(mapping, "the source has no table " + table));
  }
}
