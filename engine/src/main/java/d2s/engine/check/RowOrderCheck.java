package d2s.engine.check;

import d2s.engine.bound.BoundMapping.BoundRelation;
import d2s.engine.mapping.Relation;
import d2s.engine.query.SourceColumn;
import d2s.engine.schema.ColumnType;
import d2s.engine.sql.RowOrder;
import d2s.engine.yaml.Position;
import d2s.engine.yaml.Problems;
import java.util.List;
import java.util.Optional;

/**
 * Groups of rows are read side by side, which takes the same order in all relations: that of the
 * column by which they are grouped, from the smallest to the greatest, and of texts that of their
 * bytes.
 */
final class RowOrderCheck {

  private static final ColumnType TEXT = ColumnType.of("text");

  private final String groupBy;
  private final Problems problems;

  RowOrderCheck(String groupBy, Problems problems) {
    this.groupBy = groupBy;
    this.problems = problems;
  }

  /**
   * Checks one relation.
   *
   * @param bound null where a problem was reported
   */
  void check(Relation relation, BoundRelation bound) {
    if (relation.sql() == null) {
      problems.add(relation.at(), wanted() + ": write a query with order by " + groupBy);
      return;
    }
    Optional<RowOrder> found = RowOrder.of(relation.sql().value());
    if (found.isEmpty()) {
      problems.add(relation.sql().at(), wanted() + ": end the query with order by " + groupBy);
      return;
    }
    RowOrder order = found.get();
    List<SourceColumn> columns = bound == null ? List.of() : bound.columns();
    if (!order.name().equals(groupBy)
        && columns.stream().anyMatch(one -> one.name().equals(order.name()))) {
      report(relation, order, " first, and not of " + order.name());
    } else if (order.descends()) {
      report(relation, order, ", from the smallest to the greatest: leave out desc");
    } else if (columns.stream().anyMatch(one -> isText(one, order.name())) && !order.ofBytes()) {
      report(relation, order, ", byte by byte: write order by " + groupBy + " collate \"C\"");
    }
  }

  private String wanted() {
    return "rows are read in groups, so they must come in the order of " + groupBy;
  }

  private void report(Relation relation, RowOrder order, String how) {
    Position at = relation.sql().at().inside(relation.sql().value(), order.index());
    problems.add(at, wanted() + how);
  }

  /** Whether it is the column itself, and not an expression that has the same order. */
  private boolean isText(SourceColumn column, String ordered) {
    return column.name().equals(groupBy)
        && ordered.equals(groupBy)
        && TypeCompatibility.column(column.type(), TEXT)
        && !TypeCompatibility.integer(column.type());
  }
}
