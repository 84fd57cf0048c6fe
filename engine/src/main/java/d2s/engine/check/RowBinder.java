package d2s.engine.check;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundBlock;
import d2s.engine.bound.BoundMapping.BoundFile;
import d2s.engine.bound.BoundMapping.BoundLet;
import d2s.engine.bound.BoundMapping.BoundLookup;
import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.bound.BoundMapping.BoundSkip;
import d2s.engine.expression.KnownType;
import d2s.engine.mapping.Block;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.Let;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Relation;
import d2s.engine.mapping.Skip;
import d2s.engine.query.RelationColumns;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds a mapping without hook: one relation, row by row. */
final class RowBinder {

  private final Map<String, KnownType> facts;
  private final RelationColumns relationColumns;
  private final LookupBinder lookupBinder;
  private final BlockBinder blockBinder;
  private final FileBinder fileBinder;
  private final Problems problems;

  RowBinder(
      Map<String, KnownType> facts,
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

  BoundMapping bind(Mapping mapping) {
    TypedScope names = TypedScope.of(what(mapping));
    List<BoundRelation> relations = relations(mapping, names);
    List<Integer> label = label(mapping, names);
    names.addFacts(facts);
    List<BoundLookup> lookups = new ArrayList<>();
    for (Lookup lookup : mapping.lookups()) {
      var typed = lookupBinder.bind(lookup, names.scope().size());
      names.addKnown(lookup.name().value(), typed.type());
      lookups.add(typed.bound());
    }
    TypedScope beforeLets = names.copy();
    names.scope().announce(mapping.lets().stream().map(let -> let.name().value()).toList());
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
    return new BoundMapping(
        mapping, relations, names.scope(), lookups, lets, skips, label, blocks, files);
  }

  private static String what(Mapping mapping) {
    boolean table = !mapping.from().isEmpty() && mapping.from().get(0).table() != null;
    return table ? mapping.from().get(0).table().value() : "the rows of " + mapping.name();
  }

  private List<BoundRelation> relations(Mapping mapping, TypedScope names) {
    if (mapping.from().isEmpty()) {
      if (!mapping.to().isEmpty() || !mapping.files().isEmpty()) {
        problems.add(mapping.name().at(), "the key from is missing: where do the rows come from?");
      }
      return List.of();
    }
    Relation relation = mapping.from().get(0);
    Optional<RelationColumns.Found> found =
        relationColumns.find(relation, ReferencedNames.of(mapping));
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
  private List<Integer> label(Mapping mapping, TypedScope columns) {
    List<Integer> label = new ArrayList<>();
    for (Text column : mapping.label()) {
      if (columns.scope().has(column.value())) {
        label.add(columns.scope().slot(column.value()));
      } else if (!mapping.from().isEmpty()) {
        blockBinder.reportUnknown(column, columns);
      }
    }
    return label;
  }

  private BoundLet bindLet(Let let, TypedScope names) {
    var value = blockBinder.compile(let.value(), names);
    String name = let.name().value();
    int slot =
        names
            .type(let.value())
            .map(column -> names.add(name, column))
            .orElseGet(() -> names.addKnown(name, blockBinder.known(let.value(), names)));
    return new BoundLet(slot, value);
  }

  private BoundSkip bindSkip(Skip skip, Mapping mapping, TypedScope beforeLets, TypedScope names) {
    Set<String> words = new LinkedHashSet<>(ReferencedNames.of(skip.item()));
    if (skip.when() != null) {
      words.addAll(ReferencedNames.of(skip.when()));
    }
    skip.repeats().forEach(name -> words.add(name.value()));
    List<String> lets = mapping.lets().stream().map(let -> let.name().value()).toList();
    // A row that is not carried need not be one that its lets can be computed for.
    boolean early = skip.onError() == null && lets.stream().noneMatch(words::contains);
    TypedScope known = early || skip.onError() != null ? beforeLets : names;
    List<Integer> repeats = new ArrayList<>();
    for (Text column : skip.repeats()) {
      if (known.scope().has(column.value())) {
        repeats.add(known.scope().slot(column.value()));
      } else {
        blockBinder.reportUnknown(column, known);
      }
    }
    int failedSlot = -1;
    if (skip.onError() != null && skip.onError().value().equals(Skip.ANY)) {
      failedSlot = BoundSkip.ANY_FAILURE;
    } else if (skip.onError() != null) {
      if (!lets.contains(skip.onError().value())) {
        problems.add(
            skip.onError().at(),
            "no let " + skip.onError() + Suggestion.of(skip.onError().value(), lets));
      }
      failedSlot = names.scope().slot(skip.onError().value());
    }
    return new BoundSkip(
        skip.when() == null ? null : blockBinder.condition(skip.when(), known),
        failedSlot,
        List.copyOf(repeats),
        early,
        blockBinder.compile(skip.item(), known),
        skip.reason());
  }
}
