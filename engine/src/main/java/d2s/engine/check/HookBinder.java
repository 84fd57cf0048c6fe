package d2s.engine.check;

import d2s.engine.bound.BoundMapping;
import d2s.engine.bound.BoundMapping.BoundBlock;
import d2s.engine.bound.BoundMapping.BoundFile;
import d2s.engine.bound.BoundMapping.BoundLookup;
import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.expression.KnownType;
import d2s.engine.expression.Scope;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowShape;
import d2s.engine.mapping.Block;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Relation;
import d2s.engine.query.RelationColumns;
import d2s.engine.schema.ColumnType;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Suggestion;
import d2s.engine.yaml.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds a mapping with a hook: its relations and the rows that it emits. */
final class HookBinder {

  private final Map<String, KnownType> facts;
  private final HookTable hooks;
  private final RelationColumns relationColumns;
  private final LookupBinder lookupBinder;
  private final BlockBinder blockBinder;
  private final FileBinder fileBinder;
  private final Problems problems;

  HookBinder(
      Map<String, KnownType> facts,
      HookTable hooks,
      RelationColumns relationColumns,
      BlockBinder blockBinder,
      FileBinder fileBinder,
      Problems problems) {
    this.facts = facts;
    this.hooks = hooks;
    this.relationColumns = relationColumns;
    this.lookupBinder = new LookupBinder(relationColumns, problems);
    this.blockBinder = blockBinder;
    this.fileBinder = fileBinder;
    this.problems = problems;
  }

  BoundMapping bind(Mapping mapping) {
    Text name = mapping.hook();
    if (!hooks.names().contains(name.value())) {
      problems.add(name.at(), "no hook " + name + Suggestion.of(name.value(), hooks.names()));
      return bound(mapping, List.of(), List.of(), List.of(), List.of());
    }
    Hook hook = hooks.create(name.value());
    List<BoundRelation> relations = relations(mapping, hook);
    List<BoundLookup> lookups = new ArrayList<>();
    Map<String, KnownType> lookupTypes = new LinkedHashMap<>();
    for (Lookup lookup : mapping.lookups()) {
      // Their slots lie behind the columns of each row that the hook emits.
      var typed = lookupBinder.bind(lookup, -1);
      lookups.add(typed.bound());
      lookupTypes.put(lookup.name().value(), typed.type());
    }
    return bound(
        mapping,
        relations,
        lookups,
        blocks(mapping, hook, lookupTypes),
        files(mapping, hook, lookupTypes));
  }

  private BoundMapping bound(
      Mapping mapping,
      List<BoundRelation> relations,
      List<BoundLookup> lookups,
      List<BoundBlock> blocks,
      List<BoundFile> files) {
    return new BoundMapping(
        mapping,
        relations,
        new Scope(),
        List.copyOf(lookups),
        List.of(),
        List.of(),
        List.of(),
        blocks,
        files);
  }

  private List<BoundRelation> relations(Mapping mapping, Hook hook) {
    Text name = mapping.hook();
    List<BoundRelation> relations = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (Relation relation : mapping.from()) {
      given.add(relation.name());
      Optional<RowShape> shape = shape(hook.reads(), relation.name());
      if (shape.isEmpty()) {
        problems.add(
            relation.at(),
            name
                + " reads no relation "
                + relation.name()
                + Suggestion.of(relation.name(), names(hook.reads()))
                + " (it reads "
                + shapes(hook.reads())
                + ")");
      } else {
        bindRelation(mapping, relation, shape.get()).ifPresent(relations::add);
      }
    }
    Set<String> misspelt = new HashSet<>();
    for (Relation relation : mapping.from()) {
      if (shape(hook.reads(), relation.name()).isEmpty()) {
        Suggestion.nearest(relation.name(), names(hook.reads())).ifPresent(misspelt::add);
      }
    }
    for (RowShape shape : hook.reads()) {
      if (!given.contains(shape.name()) && !misspelt.contains(shape.name())) {
        problems.add(
            name.at(), name + " needs a relation " + shape.name() + " with " + shape.columns());
      }
    }
    checkGroupKeys(mapping, relations);
    if (mapping.groupBy() != null) {
      RowOrderCheck order = new RowOrderCheck(mapping.groupBy().value(), problems);
      for (Relation relation : mapping.from()) {
        order.check(
            relation,
            relations.stream().filter(one -> one.relation() == relation).findFirst().orElse(null));
      }
    }
    return relations;
  }

  private Optional<BoundRelation> bindRelation(Mapping mapping, Relation relation, RowShape shape) {
    Set<String> wanted = new LinkedHashSet<>(shape.columns());
    String groupBy = mapping.groupBy() == null ? null : mapping.groupBy().value();
    if (groupBy != null) {
      wanted.add(groupBy);
    }
    Optional<RelationColumns.Found> found = relationColumns.find(relation, wanted);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<String> read = found.get().read();
    boolean complete = true;
    for (String column : wanted) {
      if (!read.contains(column)) {
        problems.add(
            relation.at(),
            "the relation "
                + relation.name()
                + " needs a column "
                + column
                + Suggestion.of(column, found.get().names()));
        complete = false;
      }
    }
    return complete
        ? Optional.of(
            new BoundRelation(
                relation,
                found.get().sql(),
                found.get().columns(),
                groupBy == null ? -1 : read.indexOf(groupBy),
                shape.columns().stream().map(read::indexOf).toList()))
        : Optional.empty();
  }

  private static List<String> names(List<RowShape> shapes) {
    return shapes.stream().map(RowShape::name).toList();
  }

  private void checkGroupKeys(Mapping mapping, List<BoundRelation> relations) {
    ColumnType first = null;
    for (BoundRelation relation : relations) {
      if (relation.groupColumn() < 0) {
        continue;
      }
      ColumnType type = relation.columns().get(relation.groupColumn()).type();
      if (!TypeCompatibility.groupKey(type)) {
        problems.add(
            relation.relation().at(),
            mapping.groupBy() + " is " + type + "; rows can be grouped by integers and texts");
      } else if (first != null && !TypeCompatibility.sameKey(first, type)) {
        problems.add(
            relation.relation().at(),
            mapping.groupBy() + " is " + type + " here, but " + first + " in another relation");
      } else {
        first = type;
      }
    }
  }

  private List<BoundBlock> blocks(Mapping mapping, Hook hook, Map<String, KnownType> lookups) {
    Text name = mapping.hook();
    List<BoundBlock> blocks = new ArrayList<>();
    for (Block block : mapping.to()) {
      Text rows = block.rows();
      Optional<RowShape> shape =
          rows == null ? Optional.empty() : shape(hook.emits(), rows.value());
      if (shape.isEmpty()) {
        problems.add(
            rows == null ? block.table().at() : rows.at(),
            "say with rows: which rows of " + name + " fill this table: " + shapes(hook.emits()));
      } else {
        blockBinder.bind(block, names(shape.get(), mapping, lookups)).ifPresent(blocks::add);
      }
    }
    return blocks;
  }

  private List<BoundFile> files(Mapping mapping, Hook hook, Map<String, KnownType> lookups) {
    Text name = mapping.hook();
    List<BoundFile> files = new ArrayList<>();
    for (FileBlock block : mapping.files()) {
      Text rows = block.rows();
      Optional<RowShape> shape =
          rows == null ? Optional.empty() : shape(hook.emits(), rows.value());
      if (shape.isEmpty()) {
        problems.add(
            rows == null ? block.store().at() : rows.at(),
            "say with rows: which rows of " + name + " have these files: " + shapes(hook.emits()));
      } else {
        files.add(fileBinder.bind(block, names(shape.get(), mapping, lookups)));
      }
    }
    return files;
  }

  private TypedScope names(RowShape emitted, Mapping mapping, Map<String, KnownType> lookups) {
    TypedScope names = TypedScope.of("the row " + emitted.name() + " of " + mapping.hook());
    emitted.columns().forEach(column -> names.add(column, null));
    names.addFacts(facts);
    lookups.forEach(names::addKnown);
    return names;
  }

  private static Optional<RowShape> shape(List<RowShape> shapes, String name) {
    return shapes.stream().filter(shape -> shape.name().equals(name)).findAny();
  }

  private static String shapes(List<RowShape> shapes) {
    return String.join(", ", shapes.stream().map(RowShape::name).toList());
  }
}
