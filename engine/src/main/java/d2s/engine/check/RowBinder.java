package d2s.engine.check;

import d2s.engine.check.Bound.BoundBlock;
import d2s.engine.check.Bound.BoundFile;
import d2s.engine.check.Bound.BoundLet;
import d2s.engine.check.Bound.BoundLookup;
import d2s.engine.check.Bound.BoundRelation;
import d2s.engine.check.Bound.BoundSkip;
import d2s.engine.spec.Block;
import d2s.engine.spec.Fact;
import d2s.engine.spec.FileBlock;
import d2s.engine.spec.Let;
import d2s.engine.spec.Lookup;
import d2s.engine.spec.Mapping;
import d2s.engine.spec.Problems;
import d2s.engine.spec.Relation;
import d2s.engine.spec.Skip;
import d2s.engine.spec.Suggestion;
import d2s.engine.spec.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds a mapping without hook: one relation, row by row. */
final class RowBinder {

  private final List<Fact> facts;
  private final RelationColumns relationColumns;
  private final LookupBinder lookupBinder;
  private final BlockBinder blockBinder;
  private final FileBinder fileBinder;
  private final Problems problems;

  RowBinder(
      List<Fact> facts,
      RelationColumns relationColumns,
      BlockBinder blockBinder,
      FileBinder fileBinder,
      Problems problems) {
    this.facts = facts;
    this.relationColumns = relationColumns;
    this.lookupBinder = new LookupBinder(relationColumns, problems);
    this.blockBinder = blockBinder;
    this.fileBinder = fileBinder;
    this.problems = problems;
  }

  Bound bind(Mapping mapping) {
    Names names = Names.of(what(mapping));
    List<BoundRelation> relations = relations(mapping, names);
    List<Integer> key = key(mapping, names);
    names.addFacts(facts);
    List<BoundLookup> lookups = new ArrayList<>();
    for (Lookup lookup : mapping.lookups()) {
      lookups.add(lookupBinder.bind(lookup, names.add(lookup.name().value(), null)));
    }
    Names beforeLets = names.copy();
    List<BoundLet> lets = new ArrayList<>();
    for (Let let : mapping.lets()) {
      lets.add(bindLet(let, names));
    }
    List<BoundSkip> skips = new ArrayList<>();
    for (Skip skip : mapping.skips()) {
      skips.add(bindSkip(skip, mapping, beforeLets, names));
    }
    List<BoundBlock> blocks = new ArrayList<>();
    for (Block block : mapping.to()) {
      if (block.rows() != null) {
        problems.add(block.rows().at(), "rows: belongs to a mapping with a hook");
      }
      blockBinder.bind(block, names).ifPresent(blocks::add);
    }
    List<BoundFile> files = new ArrayList<>();
    for (FileBlock block : mapping.files()) {
      if (block.rows() != null) {
        problems.add(block.rows().at(), "rows: belongs to a mapping with a hook");
      }
      files.add(fileBinder.bind(block, names));
    }
    return new Bound(mapping, relations, names.scope(), lookups, lets, skips, key, blocks, files);
  }

  private static String what(Mapping mapping) {
    boolean table = !mapping.from().isEmpty() && mapping.from().get(0).table() != null;
    return table ? mapping.from().get(0).table().value() : "the rows of " + mapping.name();
  }

  private List<BoundRelation> relations(Mapping mapping, Names names) {
    if (mapping.from().isEmpty()) {
      if (!mapping.to().isEmpty() || !mapping.files().isEmpty()) {
        problems.add(mapping.name().at(), "the key from is missing: where do the rows come from?");
      }
      return List.of();
    }
    Relation relation = mapping.from().get(0);
    Optional<RelationColumns.Found> found =
        relationColumns.find(relation, MappingWords.of(mapping));
    if (found.isEmpty()) {
      names.scope().acceptUnknown();
      return List.of();
    }
    found.get().columns().forEach(column -> names.add(column.name(), column.type()));
    names.scope().mention(found.get().names());
    return List.of(
        new BoundRelation(relation, found.get().sql(), found.get().columns(), -1, List.of()));
  }

  /** Only columns can name a row: a let may be what fails. */
  private List<Integer> key(Mapping mapping, Names columns) {
    List<Integer> key = new ArrayList<>();
    for (Text column : mapping.key()) {
      if (columns.scope().has(column.value())) {
        key.add(columns.scope().slot(column.value()));
      } else if (!mapping.from().isEmpty()) {
        blockBinder.reportUnknown(column, columns);
      }
    }
    return key;
  }

  private BoundLet bindLet(Let let, Names names) {
    var value = blockBinder.compile(let.value(), names);
    var type = names.type(let.value()).orElse(null);
    return new BoundLet(names.add(let.name().value(), type), value);
  }

  private BoundSkip bindSkip(Skip skip, Mapping mapping, Names beforeLets, Names names) {
    Set<String> words = new LinkedHashSet<>(MappingWords.of(skip.what()));
    if (skip.when() != null) {
      words.addAll(MappingWords.of(skip.when()));
    }
    List<String> lets = mapping.lets().stream().map(let -> let.name().value()).toList();
    // A row that is not carried need not be one that its lets can be computed for.
    boolean early = skip.when() != null && lets.stream().noneMatch(words::contains);
    Names known = early || skip.when() == null ? beforeLets : names;
    int failedSlot = -1;
    if (skip.failed() != null) {
      if (!lets.contains(skip.failed().value())) {
        problems.add(
            skip.failed().at(),
            "no let " + skip.failed() + Suggestion.of(skip.failed().value(), lets));
      }
      failedSlot = names.scope().slot(skip.failed().value());
    }
    return new BoundSkip(
        skip.when() == null ? null : blockBinder.condition(skip.when(), known),
        failedSlot,
        early,
        blockBinder.compile(skip.what(), known),
        skip.reason());
  }
}
