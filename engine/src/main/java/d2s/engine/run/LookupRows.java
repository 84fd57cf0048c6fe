package d2s.engine.run;

import d2s.engine.check.Bound.BoundLookup;
import d2s.engine.expression.LookupTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads a lookup into memory. */
final class LookupRows {

  private LookupRows() {}

  static LookupTable read(BoundLookup bound, StepContext context) throws SQLException {
    LookupTable table = new LookupTable();
    if (bound.lookup().skipped() != null) {
      for (Skipped skipped : context.skips().of(bound.lookup().skipped().value())) {
        table.put(List.of(skipped.what()), skipped.reason());
      }
      return table;
    }
    context.connection(bound.lookup().relation().side()).act(open -> read(open, bound, table));
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
