package d2s.engine.check;

import d2s.engine.bound.BoundMapping.BoundFile;
import d2s.engine.expression.Compiled;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Side;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Value;
import java.util.ArrayList;
import java.util.List;

/** Binds the files that the rows of a mapping stand for. */
final class FileBinder {

  private final BlockBinder blockBinder;
  private final Problems problems;

  FileBinder(BlockBinder blockBinder, Problems problems) {
    this.blockBinder = blockBinder;
    this.problems = problems;
  }

  BoundFile bind(FileBlock block, TypedScope names) {
    return new BoundFile(
        block,
        block.when() == null ? null : blockBinder.condition(block.when(), names),
        blockBinder.compile(block.from(), names),
        compileOptional(block.to(), names),
        compileOptional(block.size(), names),
        compileOptional(block.sha256(), names));
  }

  private Compiled compileOptional(Value.Expression expression, TypedScope names) {
    return expression == null ? null : blockBinder.compile(expression, names);
  }

  /** Reports what a mapping with files reads in the target. */
  void checkSources(Mapping mapping) {
    if (mapping.files().isEmpty()) {
      return;
    }
    for (Lookup lookup : mapping.lookups()) {
      if (lookup.skipped() != null) {
        problems.add(
            lookup.skipped().at(),
            "a mapping with files: cannot ask what another one skipped, because files are also"
                + " copied alone");
      }
    }
    List<Relation> relations = new ArrayList<>(mapping.from());
    mapping.lookups().forEach(lookup -> lookup.read().ifPresent(relations::add));
    for (Relation relation : relations) {
      if (relation.side() == Side.TARGET) {
        problems.add(
            relation.at(),
            "a mapping with files: cannot read the target, because files are also copied without"
                + " it");
      }
    }
  }

  /** Whether a mapping reads nothing in the target. */
  static boolean readsOnlySource(Mapping mapping) {
    return mapping.from().stream().allMatch(relation -> relation.side() == Side.SOURCE)
        && mapping.lookups().stream()
            .allMatch(
                one -> one.read().filter(relation -> relation.side() == Side.SOURCE).isPresent());
  }
}
