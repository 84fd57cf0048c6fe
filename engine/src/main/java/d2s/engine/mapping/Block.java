package d2s.engine.mapping;

import d2s.engine.yaml.Text;
import d2s.engine.yaml.Value;
import java.util.List;

/**
 * The rows that a mapping writes to one target table.
 *
 * @param table the target table
 * @param rows which emitted rows of the hook this block takes; null without a hook
 * @param when rows for which this is not true are left out; null means all
 * @param forEach one row per element of a list; null means one row per source row
 * @param columns what is written
 * @param versions the target versions for which this block applies
 */
public record Block(
    Text table,
    Text rows,
    Value.Expression when,
    Each forEach,
    List<Column> columns,
    VersionRange versions) {

  Block forVersion(int version) {
    return new Block(
        table, rows, when, forEach, Mapping.meantFor(columns, Column::versions, version), versions);
  }

  /** Repetition of a block: {@code for_each: x in list}. */
  public record Each(String variable, Value.Expression list) {}

  /**
   * One target column and what it is filled with.
   *
   * @param sql what the target makes of the value, which is called {@code value} there; null to
   *     take the value as it is
   */
  public record Column(Text name, Value value, Text sql, VersionRange versions) {}
}
