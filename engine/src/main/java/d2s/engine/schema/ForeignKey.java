package d2s.engine.schema;

import java.util.List;
import java.util.Objects;

/**
 * A foreign key of a table.
 *
 * @param name the name of the constraint; unique in its table only
 * @param columns the columns that refer
 * @param targetTable the table they refer to
 * @param targetColumns the columns they refer to, one for each of {@code columns}
 * @param deferrable whether it may be checked as late as at the commit, so that the order of the
 *     rows does not matter
 */
public record ForeignKey(
    String name,
    List<String> columns,
    String targetTable,
    List<String> targetColumns,
    boolean deferrable) {

  public ForeignKey {
    Objects.requireNonNull(name);
    Objects.requireNonNull(targetTable);
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
    if (columns.size() != targetColumns.size()) {
      throw new IllegalArgumentException(
          "Foreign key "
              + name
              + " has "
              + columns.size()
              + " columns, but refers to "
              + targetColumns.size());
    }
  }
}
