package d2s.switchover.store;

import d2s.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * The databases of a living Dendrite. Tests ask one component at a time, because no database knows
 * the tables of two of them in every layout, and in SQL that PostgreSQL and SQLite both take.
 */
public interface DendriteStore {

  /** What {@code dendrite.yaml} has to say, by section; paths are relative to its folder. */
  Map<String, Map<String, Object>> settings();

  /**
   * Connects to the tables of a component, also while Dendrite writes to them. Only queries are
   * asked; the caller closes it.
   */
  Connection connect(Component component) throws SQLException;

  /** All rows of a query over tables of one component, as {@link TestDatabase#rows} gives them. */
  default List<String> rows(Component component, String sql) {
    try (Connection connection = connect(component)) {
      return TestDatabase.rows(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException("Dendrite's database does not answer", e);
    }
  }
}
