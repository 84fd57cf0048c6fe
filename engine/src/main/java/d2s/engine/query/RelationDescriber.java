package d2s.engine.query;

import d2s.engine.mapping.Side;
import java.sql.SQLException;
import java.util.List;

/** Tells the columns of a query without running it. */
@FunctionalInterface
public interface RelationDescriber {

  /**
   * @param sql a complete query, or a statement that changes something: that has no columns
   * @throws SQLException if the database refuses the query; its message says why
   */
  List<SourceColumn> describe(Side side, String sql) throws SQLException;
}
