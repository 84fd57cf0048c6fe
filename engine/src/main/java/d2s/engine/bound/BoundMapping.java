package d2s.engine.bound;

import d2s.engine.expression.Compiled;
import d2s.engine.expression.Scope;
import d2s.engine.mapping.Block;
import d2s.engine.mapping.FileBlock;
import d2s.engine.mapping.Lookup;
import d2s.engine.mapping.Mapping;
import d2s.engine.mapping.Relation;
import d2s.engine.query.SourceColumn;
import d2s.engine.schema.Column;
import d2s.engine.schema.Table;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Text;
import java.util.List;

/**
 * A mapping whose names were all found and whose expressions were all compiled: what a run works
 * with.
 *
 * @param mapping without the parts that are not meant for the target's version
 * @param relations what is read; more than one only with a hook
 * @param scope of a mapping without hook: its columns, facts that no column hides, lookups and lets
 * @param label slots that name a row in messages
 */
public record BoundMapping(
    Mapping mapping,
    List<BoundRelation> relations,
    Scope scope,
    List<BoundLookup> lookups,
    List<BoundLet> lets,
    List<BoundSkip> skips,
    List<Integer> label,
    List<BoundBlock> blocks,
    List<BoundFile> files) {

  /**
   * A relation with its columns.
   *
   * @param groupColumn index of the group key, or -1
   * @param hookColumns for each column that the hook declared, its index in {@code columns}
   */
  public record BoundRelation(
      Relation relation,
      String sql,
      List<SourceColumn> columns,
      int groupColumn,
      List<Integer> hookColumns) {}

  /**
   * A lookup with the indexes of its key and value columns; the value's is -1 without one. Where it
   * is about what another mapping skipped, there is no query.
   */
  public record BoundLookup(Lookup lookup, int slot, String sql, List<Integer> key, int value) {}

  /** A value to be computed once per row into a slot of the frame. */
  public record BoundLet(int slot, Compiled value) {}

  /**
   * A condition under which a row is not carried.
   *
   * @param when null where {@code failedSlot} is given
   * @param failedSlot slot of the let whose failure is the condition, {@link #ANY_FAILURE} if
   *     everything that fails for the row is, or -1
   * @param repeats slots of the columns in which no two rows may be equal; empty if it is another
   *     condition
   * @param beforeLets whether it needs no let, and so is decided before any is computed
   */
  public record BoundSkip(
      Compiled when,
      int failedSlot,
      List<Integer> repeats,
      boolean beforeLets,
      Compiled item,
      Text reason) {

    public static final int ANY_FAILURE = -2;
  }

  /**
   * A block of a target table.
   *
   * @param scope the mapping's scope, the hook's emitted columns, with the variable of {@code
   *     for_each}
   * @param when null for always
   * @param eachSlot slot of the variable of {@code for_each}, or -1
   */
  public record BoundBlock(
      Block block,
      Table table,
      Scope scope,
      Compiled when,
      int eachSlot,
      Compiled forEach,
      List<BoundColumn> columns) {}

  /**
   * The file that a row stands for.
   *
   * @param when null for always
   * @param to null where the file is known but not carried over
   * @param size null where unknown
   * @param sha256 null where unknown
   */
  public record BoundFile(
      FileBlock block, Compiled when, Compiled from, Compiled to, Compiled size, Compiled sha256) {}

  /**
   * A target column and what fills it.
   *
   * @param sql an expression in SQL by which the target makes the column of the {@code value}, a
   *     text; null if the value is taken as it is
   */
  public record BoundColumn(Column column, Compiled value, String sql, Position at) {}
}
