package d2s.engine.read;

import d2s.engine.bound.BoundMapping.BoundLookup;
import d2s.engine.expression.LookupTable;
import d2s.engine.mapping.Side;
import d2s.engine.result.Skipped;
import d2s.engine.result.Skips;
import d2s.engine.sql.RowReader;
import d2s.engine.sql.SharedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads a lookup into memory. */
public final class LookupLoader {

  private LookupLoader() {}

  /**
   * The lookup with all of its rows.
   *
   * @param skips what was skipped so far, for a lookup that asks for it
   * @param connections the connection to each of the two databases
   */
  public static LookupTable read(
      BoundLookup bound, Skips skips, Function<Side, SharedConnection> connections)
      throws SQLException {
    LookupTable table = new LookupTable();
    if (bound.lookup().skipped() != null) {
      for (Skipped skipped : skips.of(bound.lookup().skipped().value())) {
        table.put(List.of(skipped.what()), skipped.reason());
      }
      return table;
    }
    connections.apply(bound.lookup().relation().side()).act(open -> read(open, bound, table));
    return table;
  }

  private static void read(Connection connection, BoundLookup bound, LookupTable table)
      throws SQLException {
    try (RowReader reader = new RowReader(connection, bound.sql())) {
      for (Object[] row = reader.next(); row != null; row = reader.next()) {
        List<Object> key = new ArrayList<>();
        for (int column : bound.key()) {
          key.add(row[column]);
        }
        table.put(key, bound.value() < 0 ? Boolean.TRUE : row[bound.value()]);
      }
    }
  }
}
