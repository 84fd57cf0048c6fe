package d2s.engine.check;

import d2s.engine.check.Bound.BoundBlock;
import d2s.engine.check.Bound.BoundColumn;
import d2s.engine.check.Bound.BoundFile;
import d2s.engine.check.Bound.BoundLet;
import d2s.engine.check.Bound.BoundLookup;
import d2s.engine.check.Bound.BoundRelation;
import d2s.engine.check.Bound.BoundSkip;
import d2s.engine.check.Checked.LeftOut;
import d2s.engine.expression.Compiled;
import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.expression.FunctionTable;
import d2s.engine.expression.Scope;
import d2s.engine.extension.Hook;
import d2s.engine.extension.RowShape;
import d2s.engine.schema.Catalog;
import d2s.engine.schema.Column;
import d2s.engine.schema.Queries;
import d2s.engine.schema.Table;
import d2s.engine.spec.Block;
import d2s.engine.spec.Derivation;
import d2s.engine.spec.FileBlock;
import d2s.engine.spec.Let;
import d2s.engine.spec.Lookup;
import d2s.engine.spec.Mapping;
import d2s.engine.spec.MappingSet;
import d2s.engine.spec.Problems;
import d2s.engine.spec.Relation;
import d2s.engine.spec.SequenceValue;
import d2s.engine.spec.Side;
import d2s.engine.spec.Skip;
import d2s.engine.spec.Suggestion;
import d2s.engine.spec.Text;
import d2s.engine.spec.Update;
import d2s.engine.spec.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds mapping files against the two databases: finds every name, compiles every expression, and
 * reports all that does not fit.
 */
public final class Checker {

  private final MappingSet set;
  private final Catalog source;
  private final Catalog target;
  private final Queries queries;
  private final RelationDescriber describer;
  private final int targetVersion;
  private final Problems problems;
  private final ExpressionCompiler compiler = new ExpressionCompiler(FunctionTable.load());
  private final HookTable hooks = HookTable.load();

  /**
   * @param targetVersion decides which gated parts apply
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
    this.queries = queries;
    this.describer = describer;
    this.targetVersion = targetVersion;
    this.problems = problems;
  }

  /** Binds all mappings that apply. Where a problem was reported, the result must not be run. */
  public Checked check() {
    List<Bound> bound = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (Mapping mapping : set.mappings()) {
      if (!mapping.gate().open(targetVersion)) {
        continue;
      }
      Optional<Text> missing = missingTable(mapping);
      if (missing.isPresent()) {
        leftOut.add(new LeftOut(mapping, "the source has no table " + missing.get()));
      } else {
        bound.add(bind(mapping));
      }
    }
    return new Checked(List.copyOf(bound), List.copyOf(leftOut));
  }

  /**
   * Binds what is needed to copy files: the mappings that have some, without what they fill.
   * Nothing is asked of the target; its catalog may be null and its version is not looked at.
   */
  public Checked checkFiles() {
    List<Bound> bound = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    for (Mapping mapping : set.mappings()) {
      if (mapping.files().isEmpty()) {
        continue;
      }
      Optional<Text> missing = missingTable(mapping);
      if (missing.isPresent()) {
        leftOut.add(new LeftOut(mapping, "the source has no table " + missing.get()));
      } else if (readsOnlySource(mapping)) {
        Mapping filesOnly = withoutBlocks(mapping);
        bound.add(mapping.hook() == null ? bindRows(filesOnly) : bindHook(filesOnly));
      }
    }
    return new Checked(List.copyOf(bound), List.copyOf(leftOut));
  }

  private boolean readsOnlySource(Mapping mapping) {
    List<Relation> relations = new ArrayList<>(mapping.from());
    mapping.lookups().forEach(lookup -> relations.add(lookup.relation()));
    List<Relation> onTarget =
        relations.stream().filter(relation -> relation.side() == Side.TARGET).toList();
    for (Relation relation : onTarget) {
      problems.add(
          relation.at(),
          "a mapping with files: cannot read the target, because files are also copied without it");
    }
    return onTarget.isEmpty();
  }

  private static Mapping withoutBlocks(Mapping mapping) {
    return new Mapping(
        mapping.name(),
        mapping.phase(),
        mapping.about(),
        mapping.from(),
        mapping.groupBy(),
        mapping.key(),
        mapping.lookups(),
        mapping.lets(),
        mapping.skips(),
        mapping.hook(),
        List.of(),
        mapping.files(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        mapping.gate());
  }

  private Optional<Text> missingTable(Mapping mapping) {
    return mapping.from().stream()
        .filter(Relation::optional)
        .map(Relation::table)
        .filter(table -> source.table(table.value()).isEmpty())
        .findAny();
  }

  private Bound bind(Mapping mapping) {
    checkSqlParts(mapping);
    if (!mapping.files().isEmpty()) {
      readsOnlySource(mapping);
    }
    return mapping.hook() == null ? bindRows(mapping) : bindHook(mapping);
  }

  private Bound bindRows(Mapping mapping) {
    List<BoundRelation> relations = new ArrayList<>();
    Scope scope = new Scope();
    String what = mapping.name().value();
    if (!mapping.from().isEmpty()) {
      Relation relation = mapping.from().get(0);
      Set<String> words = words(mapping);
      List<SourceColumn> columns = columns(relation, words);
      columns.forEach(column -> scope.add(column.name()));
      relations.add(
          new BoundRelation(
              relation, queries.of(relation, names(columns)), columns, -1, List.of()));
      what = relation.table() == null ? "the rows of " + mapping.name() : relation.table().value();
    } else if (!mapping.to().isEmpty()) {
      problems.add(mapping.name().at(), "the key from is missing: where do the rows come from?");
    }
    set.facts().forEach(fact -> scope.add(fact.name().value()));
    List<BoundLookup> lookups = new ArrayList<>();
    for (Lookup lookup : mapping.lookups()) {
      lookups.add(bindLookup(lookup, scope.add(lookup.name().value())));
    }
    List<BoundLet> lets = new ArrayList<>();
    for (Let let : mapping.lets()) {
      Compiled value = compiler.compile(let.value(), scope, what, problems);
      lets.add(new BoundLet(scope.add(let.name().value()), value));
    }
    List<BoundSkip> skips = new ArrayList<>();
    for (Skip skip : mapping.skips()) {
      skips.add(
          new BoundSkip(
              compiler.compile(skip.when(), scope, what, problems),
              compiler.compile(skip.what(), scope, what, problems),
              skip.reason()));
    }
    List<Integer> key = new ArrayList<>();
    for (Text column : mapping.key()) {
      if (scope.has(column.value())) {
        key.add(scope.slot(column.value()));
      } else {
        problems.add(
            column.at(),
            "no column " + column + " in " + what + Suggestion.of(column.value(), scope.names()));
      }
    }
    List<BoundBlock> blocks = new ArrayList<>();
    for (Block block : mapping.to()) {
      if (block.rows() != null) {
        problems.add(block.rows().at(), "rows: belongs to a mapping with a hook");
      }
      bindBlock(block, scope, what).ifPresent(blocks::add);
    }
    List<BoundFile> files = new ArrayList<>();
    for (FileBlock block : mapping.files()) {
      if (block.rows() != null) {
        problems.add(block.rows().at(), "rows: belongs to a mapping with a hook");
      }
      files.add(bindFile(block, scope, what));
    }
    return new Bound(mapping, relations, scope, lookups, lets, skips, key, blocks, files);
  }

  private Bound bindHook(Mapping mapping) {
    Text name = mapping.hook();
    if (!hooks.names().contains(name.value())) {
      problems.add(name.at(), "no hook " + name + Suggestion.of(name.value(), hooks.names()));
      return new Bound(
          mapping,
          List.of(),
          new Scope(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of());
    }
    Hook hook = hooks.create(name.value());
    List<BoundRelation> relations = new ArrayList<>();
    Set<String> given = new HashSet<>();
    for (Relation relation : mapping.from()) {
      given.add(relation.name());
      Optional<RowShape> shape = shape(hook.reads(), relation.name());
      if (shape.isEmpty()) {
        problems.add(
            relation.at(),
            name + " reads no relation " + relation.name() + "; it reads " + shapes(hook.reads()));
      } else {
        relations.add(bindHookRelation(mapping, relation, shape.get()));
      }
    }
    for (RowShape shape : hook.reads()) {
      if (!given.contains(shape.name())) {
        problems.add(
            name.at(), name + " needs a relation " + shape.name() + " with " + shape.columns());
      }
    }
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
        bindBlock(block, hookScope(shape.get()), "the row " + rows + " of " + name)
            .ifPresent(blocks::add);
      }
    }
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
        files.add(bindFile(block, hookScope(shape.get()), "the row " + rows + " of " + name));
      }
    }
    return new Bound(
        mapping, relations, new Scope(), List.of(), List.of(), List.of(), List.of(), blocks, files);
  }

  private Scope hookScope(RowShape shape) {
    Scope scope = Scope.of(shape.columns());
    set.facts().forEach(fact -> scope.add(fact.name().value()));
    return scope;
  }

  private BoundFile bindFile(FileBlock block, Scope scope, String what) {
    return new BoundFile(
        block,
        compileOptional(block.when(), scope, what),
        compiler.compile(block.from(), scope, what, problems),
        compileOptional(block.to(), scope, what),
        compileOptional(block.size(), scope, what),
        compileOptional(block.sha256(), scope, what));
  }

  private Compiled compileOptional(Value.Expression expression, Scope scope, String what) {
    return expression == null ? null : compiler.compile(expression, scope, what, problems);
  }

  private BoundRelation bindHookRelation(Mapping mapping, Relation relation, RowShape shape) {
    Set<String> wanted = new LinkedHashSet<>(shape.columns());
    String groupBy = mapping.groupBy() == null ? null : mapping.groupBy().value();
    if (groupBy != null) {
      wanted.add(groupBy);
    }
    List<SourceColumn> columns = columns(relation, wanted);
    List<String> names = names(columns);
    for (String column : wanted) {
      if (!names.contains(column) && !columns.isEmpty()) {
        problems.add(
            relation.at(),
            "the relation "
                + relation.name()
                + " needs a column "
                + column
                + Suggestion.of(column, names));
      }
    }
    return new BoundRelation(
        relation,
        queries.of(relation, names),
        columns,
        groupBy == null ? -1 : names.indexOf(groupBy),
        shape.columns().stream().map(names::indexOf).toList());
  }

  private static Optional<RowShape> shape(List<RowShape> shapes, String name) {
    return shapes.stream().filter(shape -> shape.name().equals(name)).findAny();
  }

  private static String shapes(List<RowShape> shapes) {
    return String.join(", ", shapes.stream().map(RowShape::name).toList());
  }

  private BoundLookup bindLookup(Lookup lookup, int slot) {
    Set<String> wanted = new LinkedHashSet<>();
    lookup.keys().forEach(key -> wanted.add(key.value()));
    if (lookup.value() != null) {
      wanted.add(lookup.value().value());
    }
    List<String> names = names(columns(lookup.relation(), wanted));
    List<Integer> keys = new ArrayList<>();
    for (Text key : lookup.keys()) {
      keys.add(indexOf(key, names, lookup));
    }
    int value = lookup.value() == null ? -1 : indexOf(lookup.value(), names, lookup);
    if (keys.isEmpty() || keys.size() > 2) {
      problems.add(lookup.name().at(), "a lookup needs a key of one or two columns");
    }
    return new BoundLookup(
        lookup.name().value(),
        slot,
        lookup.relation(),
        queries.of(lookup.relation(), names),
        keys,
        value);
  }

  private int indexOf(Text column, List<String> names, Lookup lookup) {
    int index = names.indexOf(column.value());
    if (index < 0 && !names.isEmpty()) {
      problems.add(
          column.at(),
          "no column "
              + column
              + " in the lookup "
              + lookup.name()
              + Suggestion.of(column.value(), names));
    }
    return index;
  }

  private Optional<BoundBlock> bindBlock(Block block, Scope outer, String what) {
    if (!block.gate().open(targetVersion)) {
      return Optional.empty();
    }
    Optional<Table> table = targetTable(block.table());
    Scope scope = outer.copy();
    int eachSlot = -1;
    Compiled each = null;
    if (block.each() != null) {
      each = compiler.compile(block.each().list(), outer, what, problems);
      eachSlot = scope.add(block.each().variable());
    }
    Compiled when =
        block.when() == null ? null : compiler.compile(block.when(), scope, what, problems);
    List<BoundColumn> columns = new ArrayList<>();
    Set<String> filled = new HashSet<>();
    for (Block.Column column : block.columns()) {
      Compiled value = compiler.compile(column.value(), scope, what, problems);
      if (!column.gate().open(targetVersion) || table.isEmpty()) {
        continue;
      }
      Optional<Column> found = targetColumn(table.get(), column.name());
      if (found.isPresent()) {
        checkFits(column.value(), found.get(), problems);
        columns.add(new BoundColumn(found.get(), value, column.value().at()));
        filled.add(found.get().name());
      }
    }
    if (table.isEmpty()) {
      return Optional.empty();
    }
    checkFilled(block.table(), table.get(), filled);
    return Optional.of(new BoundBlock(block, table.get(), scope, when, eachSlot, each, columns));
  }

  private static void checkFits(Value value, Column column, Problems problems) {
    if (value instanceof Value.Constant constant) {
      Object written = constant.constant();
      if (written == null && !column.nullable()) {
        problems.add(value.at(), column.name() + " is NOT NULL");
      } else if (written != null && !Fit.constant(written, column.type())) {
        problems.add(
            value.at(), column.name() + " is " + column.type() + ", not what is written here");
      }
    }
  }

  /** Reports columns that would make every row fail. */
  private void checkFilled(Text at, Table table, Set<String> filled) {
    for (Column column : table.columns()) {
      if (!column.nullable() && !column.hasDefault() && !filled.contains(column.name())) {
        problems.add(
            at.at(),
            table.name() + "." + column.name() + " is NOT NULL, has no default and is not filled");
      }
    }
  }

  private void checkSqlParts(Mapping mapping) {
    for (Derivation derivation : mapping.derive()) {
      if (derivation.gate().open(targetVersion)) {
        Set<String> filled = checkSqlColumns(derivation.table(), derivation.columns());
        target
            .table(derivation.table().value())
            .ifPresent(table -> checkFilled(derivation.table(), table, filled));
      }
    }
    for (Update update : mapping.updates()) {
      if (update.gate().open(targetVersion)) {
        checkSqlColumns(update.table(), update.columns());
      }
    }
    for (SequenceValue sequence : mapping.sequences()) {
      String name = sequence.sequence().value();
      if (sequence.gate().open(targetVersion) && target.sequence(name).isEmpty()) {
        problems.add(
            sequence.sequence().at(),
            "no sequence "
                + name
                + " in the target"
                + Suggestion.of(name, target.sequences().stream().map(s -> s.name()).toList()));
      }
    }
  }

  private Set<String> checkSqlColumns(Text name, List<Derivation.Column> columns) {
    Set<String> filled = new HashSet<>();
    targetTable(name)
        .ifPresent(
            table -> {
              for (Derivation.Column column : columns) {
                if (column.gate().open(targetVersion)) {
                  targetColumn(table, column.name()).ifPresent(found -> filled.add(found.name()));
                }
              }
            });
    return filled;
  }

  private Optional<Table> targetTable(Text name) {
    Optional<Table> table = target.table(name.value());
    if (table.isEmpty()) {
      problems.add(
          name.at(),
          "no table " + name + " in the target" + Suggestion.of(name.value(), target.tableNames()));
    }
    return table;
  }

  private Optional<Column> targetColumn(Table table, Text name) {
    Optional<Column> column = table.column(name.value());
    if (column.isEmpty()) {
      problems.add(
          name.at(),
          "no column "
              + name
              + " in "
              + table.name()
              + Suggestion.of(name.value(), table.columnNames()));
    }
    return column;
  }

  /** The columns of a relation: of a table those among {@code wanted}, of a query all. */
  private List<SourceColumn> columns(Relation relation, Collection<String> wanted) {
    if (relation.table() != null) {
      Text name = relation.table();
      Optional<Table> table = source.table(name.value());
      if (table.isEmpty()) {
        problems.add(
            name.at(),
            "no table "
                + name
                + " in the source"
                + Suggestion.of(name.value(), source.tableNames()));
        return List.of();
      }
      return table.get().columns().stream()
          .filter(column -> wanted.contains(column.name()))
          .map(column -> new SourceColumn(column.name(), column.type()))
          .toList();
    }
    try {
      return describer.describe(relation.side(), queries.of(relation, List.of()));
    } catch (SQLException e) {
      problems.add(
          relation.sql().at(), "the " + relation.side() + " refuses this query: " + firstLine(e));
      return List.of();
    }
  }

  private static String firstLine(SQLException e) {
    return e.getMessage().lines().findFirst().orElse("").replaceFirst("^ERROR: ", "");
  }

  private static List<String> names(List<SourceColumn> columns) {
    return columns.stream().map(SourceColumn::name).toList();
  }

  /** Every word in the expressions of a mapping: a column that is not among them is not read. */
  static Set<String> words(Mapping mapping) {
    List<String> texts = new ArrayList<>();
    mapping.key().forEach(key -> texts.add(key.value()));
    mapping.lets().forEach(let -> texts.add(text(let.value())));
    mapping.skips().forEach(skip -> texts.add(skip.when().text() + " " + skip.what().text()));
    for (Block block : mapping.to()) {
      if (block.when() != null) {
        texts.add(block.when().text());
      }
      if (block.each() != null) {
        texts.add(block.each().list().text());
      }
      block.columns().forEach(column -> texts.add(text(column.value())));
    }
    for (FileBlock block : mapping.files()) {
      Stream.of(block.when(), block.from(), block.to(), block.size(), block.sha256())
          .filter(Objects::nonNull)
          .forEach(expression -> texts.add(expression.text()));
    }
    Set<String> words = new HashSet<>();
    texts.forEach(text -> words.addAll(List.of(text.split("\\W+"))));
    return words;
  }

  private static String text(Value value) {
    return value instanceof Value.Expression expression ? expression.text() : "";
  }
}
