package d2s.engine.check;

import d2s.engine.bound.BoundMapping.BoundBlock;
import d2s.engine.bound.BoundMapping.BoundColumn;
import d2s.engine.expression.Compiled;
import d2s.engine.expression.ExpressionCompiler;
import d2s.engine.expression.KnownType;
import d2s.engine.mapping.Block;
import d2s.engine.schema.Column;
import d2s.engine.schema.ColumnType;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Problems;
import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Binds what a mapping writes to one target table. */
final class BlockBinder {

  private static final ColumnType TEXT = ColumnType.of("text");

  private final ExpressionCompiler compiler;
  private final TargetTables targets;
  private final SqlChecker sqlChecker;
  private final Problems problems;

  BlockBinder(
      ExpressionCompiler compiler, TargetTables targets, SqlChecker sqlChecker, Problems problems) {
    this.compiler = compiler;
    this.targets = targets;
    this.sqlChecker = sqlChecker;
    this.problems = problems;
  }

  /**
   * Binds a block.
   *
   * @param outer the names of the mapping; the variable of {@code for_each} is added to a copy
   * @return empty after a problem with the table was reported
   */
  Optional<BoundBlock> bind(Block block, TypedScope outer) {
    Optional<Table> table = targets.table(block.table());
    TypedScope names = outer.copy();
    int eachSlot = -1;
    Compiled each = null;
    if (block.forEach() != null) {
      each = compile(block.forEach().list(), outer);
      outer
          .type(block.forEach().list())
          .filter(type -> !TypeCompatibility.list(type))
          .ifPresent(
              type ->
                  problems.add(block.forEach().list().at(), "for_each needs a list, not " + type));
      KnownType list = compiler.type(block.forEach().list(), outer.scope());
      if (outer.type(block.forEach().list()).isEmpty()
          && list.isKnown()
          && !list.isNull()
          && !list.isList()) {
        problems.add(block.forEach().list().at(), "for_each needs a list, not " + list.words());
      }
      eachSlot = names.add(block.forEach().variable(), null);
    }
    Compiled when = block.when() == null ? null : condition(block.when(), names);
    List<BoundColumn> columns = new ArrayList<>();
    Set<String> filled = new HashSet<>();
    for (Block.Column column : block.columns()) {
      if (filled.contains(column.name().value())) {
        problems.add(
            column.value().at(),
            column.name() + " has two values for the same version; give each its own range");
      }
      Compiled value = compile(column.value(), names);
      Optional<Column> found = table.flatMap(there -> targets.column(there, column.name()));
      if (found.isPresent()) {
        columns.add(
            new BoundColumn(
                found.get(), value, sql(column, names, found.get()), column.value().at()));
        filled.add(found.get().name());
      }
    }
    if (table.isEmpty()) {
      return Optional.empty();
    }
    targets.checkFilled(block.table(), table.get(), filled);
    return Optional.of(
        new BoundBlock(block, table.get(), names.scope(), when, eachSlot, each, columns));
  }

  /** Compiles a condition; a column that cannot be one is reported. */
  Compiled condition(Value.Expression condition, TypedScope names) {
    names
        .type(condition)
        .filter(type -> !TypeCompatibility.condition(type))
        .ifPresent(
            type ->
                problems.add(
                    condition.at(), "a condition must be true or false, but this is " + type));
    KnownType known = compiler.type(condition, names.scope());
    if (names.type(condition).isEmpty()
        && known.isKnown()
        && !known.isNull()
        && !known.isBoolean()) {
      problems.add(
          condition.at(), "a condition must be true or false, but this is " + known.words());
    }
    return compiler.compileCondition(condition, names.scope(), names.what(), problems);
  }

  /** Reports a name that is no column. */
  void reportUnknown(Text name, TypedScope names) {
    compile(new Value.Expression(name.value(), name.at()), names);
  }

  Compiled compile(Value value, TypedScope names) {
    return compiler.compile(value, names.scope(), names.what(), problems);
  }

  /** What is known of a value without a row. */
  KnownType known(Value value, TypedScope names) {
    return compiler.type(value, names.scope());
  }

  /** Checks the value, and what the target is to make of it; null if that is nothing. */
  private String sql(Block.Column column, TypedScope names, Column there) {
    if (column.sql() == null) {
      checkFits(column.value(), names, there);
      return null;
    }
    boolean text =
        column.value() instanceof Value.Expression
            && names
                .type(column.value())
                .filter(type -> !TypeCompatibility.column(type, TEXT))
                .isEmpty();
    if (!text) {
      problems.add(column.value().at(), "sql takes a text, and this is none");
    }
    return sqlChecker.computed(column, there.type());
  }

  private void checkFits(Value value, TypedScope names, Column column) {
    String name = column.name();
    ColumnType type = column.type();
    Object constant = value instanceof Value.Constant written ? written.constant() : null;
    if (value instanceof Value.Constant && constant == null) {
      if (!column.nullable()) {
        problems.add(value.at(), name + " is NOT NULL");
      }
    } else if (!TypeCompatibility.writable(type)) {
      problems.add(
          value.at(),
          name
              + " is "
              + type
              + ", which only the target can make: give it a text as value, and sql such as value::"
              + type);
    } else if (constant != null && !TypeCompatibility.constant(constant, type)) {
      problems.add(
          value.at(),
          constant instanceof Long && TypeCompatibility.integer(type)
              ? constant
                  + " is out of the range of "
                  + name
                  + ", which is "
                  + type
                  + " ("
                  + TypeCompatibility.range(type)
                  + ")"
              : name + " is " + type + ", but this is " + TypeCompatibility.misfit(constant, type));
    } else if (names.type(value).isEmpty()) {
      KnownType known = compiler.type(value, names.scope());
      if (!TypeCompatibility.value(known, type)) {
        problems.add(
            value.at(),
            name
                + " is "
                + type
                + ", but this is "
                + known.words()
                + "; convert it in the query or with a function");
      }
    } else {
      names
          .type(value)
          .flatMap(from -> cure(from, type).map(cure -> ", but this is " + from + cure))
          .ifPresent(wrong -> problems.add(value.at(), name + " is " + type + wrong));
    }
  }

  /** What is wrong with a value of one type for a column of another, as the end of a sentence. */
  private static Optional<String> cure(ColumnType from, ColumnType to) {
    if (!TypeCompatibility.column(from, to)) {
      return Optional.of("; convert it in the query or with a function");
    }
    return TypeCompatibility.wideEnough(from, to) || !TypeCompatibility.integer(to)
        ? Optional.empty()
        : Optional.of(
            ": greater numbers would end the migration; if there are none, say so in the query with ::"
                + to);
  }
}
